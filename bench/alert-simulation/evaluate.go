package main

import (
	"context"
	"log/slog"
	"time"

	"github.com/prometheus/prometheus/model/labels"
	"github.com/prometheus/prometheus/promql"
	"github.com/prometheus/prometheus/promql/parser"
)

func newEngine() *promql.Engine {
	return promql.NewEngine(promql.EngineOpts{
		Logger:               slog.New(slog.DiscardHandler),
		MaxSamples:           1 << 40,
		Timeout:              time.Hour,
		LookbackDelta:        5 * time.Minute,
		EnableAtModifier:     true,
		EnableNegativeOffset: true,
	})
}

// evaluation runs rules over one stretch of time. A rule is evaluated only at the steps that something asked for looks at:
// what nobody reads has no influence.
type evaluation struct {
	engine   *promql.Engine
	memory   memory
	start    int64
	end      int64
	failures []int64
	recorded map[*rule]*recording
}

type recording struct {
	grid
	done   []bool
	series map[uint64]*series
}

// newEvaluation begins at time 0. Times of failures, in order, spare it the stretches without any; nil where they are not known.
func newEvaluation(m memory, end int64, failures []int64) *evaluation {
	return &evaluation{newEngine(), m, 0, end, failures, map[*rule]*recording{}}
}

func (e *evaluation) grid(r *rule) grid {
	return grid{e.start, r.interval, int((e.end-e.start)/r.interval) + 1}
}

// ensure records a rule at the times asked for, after what it looks at.
func (e *evaluation) ensure(r *rule, asked []span) {
	rec := e.recorded[r]
	if rec == nil {
		g := e.grid(r)
		rec = &recording{g, make([]bool, g.count), map[uint64]*series{}}
		e.recorded[r] = rec
	}
	missing := make([]bool, rec.count)
	for _, s := range asked {
		// From one step earlier, since a rule of a slower group is seen until its next step.
		for i := max(rec.lastUntil(s.from), 0); i <= rec.lastUntil(s.to); i++ {
			missing[i] = !rec.done[i]
		}
	}
	runs := runsOf(missing)
	if len(runs) == 0 {
		return
	}
	spans := spansOf(rec.grid, runs)
	e.ensureInputs(r, spans)
	for i, s := range spans {
		e.record(r, rec, runs[i], e.query(r.text, s, r.interval))
	}
}

func (e *evaluation) ensureInputs(r *rule, asked []span) {
	for _, in := range r.inputs {
		e.ensure(in.from, reaching(asked, in.reach, e.start))
	}
}

func (e *evaluation) query(text string, s span, step int64) promql.Matrix {
	query, err := e.engine.NewRangeQuery(context.Background(), e.memory, nil, text,
		time.UnixMilli(s.from), time.UnixMilli(s.to), time.Duration(step)*time.Millisecond)
	if err != nil {
		panic(err)
	}
	defer query.Close()
	result := query.Exec(context.Background())
	if result.Err != nil {
		panic(result.Err)
	}
	switch found := result.Value.(type) {
	case promql.Matrix:
		return copied(found)
	default:
		panic("no matrix for " + text)
	}
}

// The engine takes its slices back when a query is closed.
func copied(m promql.Matrix) promql.Matrix {
	all := make(promql.Matrix, len(m))
	for i, s := range m {
		all[i] = promql.Series{Metric: s.Metric, Floats: append([]promql.FPoint(nil), s.Floats...)}
	}
	return all
}

// record writes a result, and stale markers where a series of the rule has none.
func (e *evaluation) record(r *rule, rec *recording, steps run, result promql.Matrix) {
	for _, found := range result {
		to := e.recordedSeries(r, rec, found.Metric)
		for _, point := range found.Floats {
			to.values[to.firstFrom(point.T)] = point.F
		}
	}
	for _, s := range rec.series {
		for i := steps.first; i <= steps.last; i++ {
			if isHole(s.values[i]) {
				s.values[i] = stale
			}
		}
	}
	for i := steps.first; i <= steps.last; i++ {
		rec.done[i] = true
	}
}

func (e *evaluation) recordedSeries(r *rule, rec *recording, of labels.Labels) *series {
	named := withLabels(of, r)
	key := named.Hash()
	if rec.series[key] == nil {
		rec.series[key] = newSeries(rec.grid, named)
		e.memory.add(rec.series[key])
	}
	return rec.series[key]
}

func withLabels(of labels.Labels, r *rule) labels.Labels {
	builder := labels.NewBuilder(of).Del(labels.MetricName)
	if r.record != "" {
		builder.Set(labels.MetricName, r.record)
	}
	for name, text := range r.labels {
		builder.Set(name, text)
	}
	return builder.Labels()
}

// part records what a part of a rule's expression looks at, and evaluates it.
func (e *evaluation) part(r *rule, expr parser.Expr, asked []span) promql.Matrix {
	for _, selected := range selections(expr) {
		for _, in := range r.inputs {
			if records(in.from, selected.matchers) {
				e.ensure(in.from, reaching(asked, selected.reach, e.start))
			}
		}
	}
	var all promql.Matrix
	for _, s := range asked {
		all = append(all, e.query(expr.String(), s, r.interval)...)
	}
	return all
}
