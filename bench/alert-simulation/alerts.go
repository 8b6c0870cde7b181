package main

import (
	"github.com/prometheus/prometheus/model/labels"
)

// firing is one alert's label set and the steps at which it fires.
type firing struct {
	labels labels.Labels
	grid
	steps []bool
}

// fire evaluates an alerting rule over the asked times and follows its states as Prometheus' rules.AlertingRule does:
// pending for `for`, then firing, and on for `keep_firing_for` after its expression had its last result.
func (e *evaluation) fire(r *rule, asked span) []firing {
	g := e.grid(r)
	active := map[uint64]*firing{}
	passed := e.narrow(r, r.expr, []span{{g.at(g.firstFrom(asked.from)), g.at(g.lastUntil(asked.to))}})
	for _, s := range e.part(r, r.expr, passed) {
		l := withLabels(s.Metric, r)
		key := l.Hash()
		if active[key] == nil {
			active[key] = &firing{l, g, make([]bool, g.count)}
		}
		for _, point := range s.Floats {
			active[key].steps[g.firstFrom(point.T)] = true
		}
	}
	var all []firing
	for _, f := range active {
		f.steps = states(f.steps, r)
		all = append(all, *f)
	}
	return all
}

// states turns the steps with a result into the steps that fire.
func states(active []bool, r *rule) []bool {
	fires := make([]bool, len(active))
	const never = -1
	since, kept := never, never
	for i, is := range active {
		switch {
		case is:
			if since == never {
				since = i
			}
			kept = never
			fires[i] = i > 0 && fires[i-1] || int64(i-since)*r.interval >= r.hold
		case i > 0 && fires[i-1] && r.keep > 0:
			if kept == never {
				kept = i
			}
			fires[i] = int64(i-kept)*r.interval < r.keep
			if !fires[i] {
				since, kept = never, never
			}
		default:
			since, kept = never, never
		}
	}
	return fires
}

// episodes lists the stretches in which an alert fired without a break.
func (f firing) episodes() []span {
	var found []span
	for i, is := range f.steps {
		if !is {
			continue
		}
		if i > 0 && f.steps[i-1] {
			found[len(found)-1].to = f.at(i)
		} else {
			found = append(found, span{f.at(i), f.at(i)})
		}
	}
	return found
}
