package main

import (
	"fmt"
	"math"
	"math/rand/v2"
)

type recallCell struct {
	System  string  `json:"system"`
	PerHour float64 `json:"perHour"`
	Errors  float64 `json:"errors"`
	// Whether each outage ends at the failure that makes it 5 % of the budget, or somewhere up to 10 %.
	Just     bool     `json:"just"`
	Noticed  estimate `json:"noticed"`
	Missed   int      `json:"missed"`
	Outages  int      `json:"outages"`
	Failures int      `json:"failures"`
}

const costly = 0.05

// recall lets outages end at the failure with which they have cost 5 % of the 30-day budget or more, and asks whether
// a page or a ticket told of them.
func recall(o order) any {
	var cells []recallCell
	for _, perHour := range o.PerHour {
		for _, errors := range o.Errors {
			for _, just := range []bool{true, false} {
				title := fmt.Sprintf("recall, %g/h, %g errors, just 5 %%: %t", perHour, errors, just)
				runs := each(o.Runs/2, title, func(i int) []bool {
					return o.noticed(perHour, errors, just, o.random(title, i))
				})
				for number, s := range o.Systems {
					count := 0
					for _, r := range runs {
						if r[number] {
							count++
						}
					}
					cells = append(cells, recallCell{
						s.Name, perHour, errors, just, share(count, len(runs)), len(runs) - count, len(runs), o.failuresOf(perHour, costly),
					})
				}
			}
		}
	}
	return cells
}

// failuresOf is the least number of failures that cost such a share of a month's budget. 1 - 0.999 is a little more than 0.001.
func (o order) failuresOf(perHour, cost float64) int {
	return int(math.Ceil((1-o.Target)*perHour*24*monthDays*cost - 1e-9))
}

func (o order) noticed(perHour, errors float64, just bool, random *rand.Rand) []bool {
	start := warmUp + random.Int64N(hour)
	cost := costly
	if !just {
		cost += random.Float64() * costly
	}
	failures := o.failuresOf(perHour, cost)
	// Long enough for so many failures, whatever chance says.
	longest := int64((float64(failures)*3 + 30) / (perHour * errors) * float64(hour))
	end := (start + longest + tail) / minute * minute
	l := live(plan{
		scrapes: o.scrapes(end, random), rate: steady(perHour), peak: perHour,
		chance: (1 - o.Target) / 2, clumps: true,
		outage: span{start, end}, outageChance: errors, outageFailures: failures,
	}, random, false)
	var all []bool
	for _, s := range o.Systems {
		e := newEvaluation(l.memory(o.Metric), end, l.failures)
		asked := span{start, min(l.outage.to+6*hour, end)}
		all = append(all, len(e.firing(s, o.Alert, asked, "page", "ticket")) > 0)
	}
	return all
}
