package main

import (
	"fmt"
	"math"
	"math/rand/v2"
)

// How long an outage lasts by its share of errors: the fewer, the longer it must be watched until it pages.
func outageLength(errors float64) int64 {
	switch {
	case errors >= 1:
		return 2 * hour
	case errors >= 0.2:
		return 6 * hour
	default:
		return 12 * hour
	}
}

// After an outage, what fires is followed for so long.
const tail = 12 * hour

type outageCell struct {
	System  string  `json:"system"`
	PerHour float64 `json:"perHour"`
	Errors  float64 `json:"errors"`
	Hours   float64 `json:"hours"`
	// Minutes from its start until it pages, and from its end until the page ends.
	ToPage estimate `json:"toPage"`
	Reset  estimate `json:"reset"`
	// Pages sent for one outage.
	Pages estimate `json:"pages"`
}

type outageRun struct{ toPage, reset, pages float64 }

func outages(o order) any {
	var cells []outageCell
	for _, perHour := range o.PerHour {
		for _, errors := range o.Errors {
			title := fmt.Sprintf("outages, %g/h, %g errors", perHour, errors)
			runs := each(o.Runs, title, func(i int) []outageRun {
				return o.outageRuns(perHour, errors, o.random(title, i))
			})
			for number, s := range o.Systems {
				var toPage, reset, pages []float64
				for _, r := range runs {
					toPage = append(toPage, r[number].toPage)
					pages = append(pages, r[number].pages)
					if !math.IsNaN(r[number].reset) {
						reset = append(reset, r[number].reset)
					}
				}
				cell := outageCell{System: s.Name, PerHour: perHour, Errors: errors, Hours: float64(outageLength(errors) / hour)}
				cell.ToPage, cell.Pages = median(toPage), mean(pages)
				if len(reset) > 0 {
					cell.Reset = median(reset)
				}
				cells = append(cells, cell)
			}
		}
	}
	return cells
}

func (o order) outageRuns(perHour, errors float64, random *rand.Rand) []outageRun {
	start := warmUp + random.Int64N(hour)
	over := span{start, start + outageLength(errors)}
	end := (over.to + tail) / minute * minute
	l := live(plan{
		scrapes: o.scrapes(end, random), rate: steady(perHour), peak: perHour,
		chance: (1 - o.Target) / 2, clumps: true, outage: over, outageChance: errors,
	}, random, false)
	var runs []outageRun
	for _, s := range o.Systems {
		e := newEvaluation(l.memory(o.Metric), end, l.failures)
		runs = append(runs, paged(e.firing(s, o.Alert, span{start - 6*hour, end}, "page"), over))
	}
	return runs
}

// firing lists the episodes of an alert at some severities.
func (e *evaluation) firing(s system, alert string, asked span, severities ...string) []span {
	var all []span
	for _, r := range s.rules {
		for _, severity := range severities {
			if r.alert == alert && r.labels["severity"] == severity {
				for _, f := range e.fire(r, asked) {
					all = append(all, f.episodes()...)
				}
			}
		}
	}
	return all
}

// paged reads an outage off the episodes of its page. A page that ends within a step of the outage's end or later was on at its end.
func paged(episodes []span, over span) outageRun {
	r := outageRun{toPage: math.Inf(1), reset: math.NaN()}
	for _, e := range episodes {
		if e.to < over.from || e.from >= over.to {
			continue
		}
		r.pages++
		r.toPage = math.Min(r.toPage, float64(max(e.from-over.from, 0))/float64(minute))
		if e.to >= over.to-minute {
			r.reset = float64(max(e.to+minute-over.to, 0)) / float64(minute)
		}
	}
	return r
}
