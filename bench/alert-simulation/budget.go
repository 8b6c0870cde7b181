package main

import (
	"fmt"
	"math"
	"math/rand/v2"
)

type budgetCell struct {
	System        string `json:"system"`
	ScrapeSeconds int64  `json:"scrapeSeconds"`
	// Whether an hour of 20 % errors is among it.
	Outage bool `json:"outage"`
	// On average.
	Failures float64 `json:"failures"`
	// How far the share spent on record is from the counted one, relative: the median, and the farthest of all.
	Off   estimate `json:"off"`
	Worst *float64 `json:"worst"`
	// Runs at whose end there was no number on record.
	Unknown int `json:"unknown"`
	Runs    int `json:"runs"`
}

type budgetRun struct {
	failures float64
	off      []float64
}

// budget compares the spent share on record with a count of requests, over traffic that swings and idles.
func budget(o order) any {
	var cells []budgetCell
	for _, seconds := range o.ScrapeSeconds {
		for _, outage := range []bool{false, true} {
			once := o
			once.ScrapeSeconds = []int64{seconds}
			title := fmt.Sprintf("budget, scraped every %d s, outage: %t", seconds, outage)
			runs := each(o.Runs, title, func(i int) budgetRun {
				return once.budgetRun(outage, o.random(title, i))
			})
			for number, s := range o.Systems {
				cell := budgetCell{System: s.Name, ScrapeSeconds: seconds, Outage: outage, Runs: o.Runs}
				cells = append(cells, cell.filled(number, runs))
			}
		}
	}
	return cells
}

func (cell budgetCell) filled(system int, runs []budgetRun) budgetCell {
	var known []float64
	worst := 0.0
	for _, r := range runs {
		cell.Failures += r.failures / float64(len(runs))
		if off := r.off[system]; math.IsNaN(off) {
			cell.Unknown++
		} else {
			known = append(known, off)
			worst = math.Max(worst, math.Abs(off))
		}
	}
	if len(known) > 0 {
		cell.Off, cell.Worst = median(known), &worst
	}
	return cell
}

// 5,900 at noon give some 1,040 independent failures in 30 days.
const noon = 5_900

func (o order) budgetRun(outage bool, random *rand.Rand) budgetRun {
	window := o.WindowDays * day
	asked := window + random.Int64N(day)/(5*minute)*5*minute
	p := plan{
		scrapes: o.scrapes(asked, random), rate: swinging(noon), peak: noon, chance: (1 - o.Target) / 2,
	}
	if outage {
		start := asked - window + random.Int64N(window-hour)
		p.outage, p.outageChance = span{start, start + hour}, 0.2
	}
	l := live(p, random, true)
	within := func(times []int64) (count float64) {
		for _, t := range times {
			if t > asked-window && t <= asked {
				count++
			}
		}
		return count
	}
	failures := within(l.failures)
	spent := failures / within(l.requests) / (1 - o.Target)
	r := budgetRun{failures: failures}
	for _, s := range o.Systems {
		e := newEvaluation(l.memory(o.Metric), asked, nil)
		r.off = append(r.off, (1-e.at(s, o.Remaining, asked))/spent-1)
	}
	return r
}

// at is a recorded series' value at a time; NaN where it has none.
func (e *evaluation) at(s system, record string, t int64) float64 {
	for _, r := range s.rules {
		if r.record == record {
			e.ensure(r, []span{{t, t}})
		}
	}
	found := e.query(record, span{t, t}, minute)
	if len(found) != 1 {
		return math.NaN()
	}
	return found[0].Floats[0].F
}
