package main

import (
	"fmt"
	"hash/fnv"
	"math/rand/v2"
)

const monthDays = 30

// Windows of alerts reach three days back, so simulated stretches begin so much before they count.
const warmUp = 3 * day

type healthyCell struct {
	System  string   `json:"system"`
	PerHour float64  `json:"perHour"`
	Clumps  bool     `json:"clumps"`
	Pages   estimate `json:"pages"`
	Tickets estimate `json:"tickets"`
	// By alert and severity, the mean a month.
	Alerts map[string]float64 `json:"alerts"`
}

// healthy counts what fires in 30 days of a service that spends half its budget.
func healthy(o order) any {
	var cells []healthyCell
	for _, clumps := range o.Clumps {
		for _, perHour := range o.PerHour {
			title := fmt.Sprintf("healthy, %g/h, clumps %t", perHour, clumps)
			months := each(o.Runs, title, func(i int) []map[string]float64 {
				return o.month(perHour, clumps, o.random(title, i))
			})
			cells = append(cells, o.healthyCells(perHour, clumps, months)...)
		}
	}
	return cells
}

func (o order) month(perHour float64, clumps bool, random *rand.Rand) []map[string]float64 {
	end := warmUp + monthDays*day
	l := live(plan{
		scrapes: o.scrapes(end, random), rate: steady(perHour), peak: perHour,
		chance: (1 - o.Target) / 2, clumps: clumps,
	}, random, false)
	var counts []map[string]float64
	for _, s := range o.Systems {
		m := l.memory(o.Metric)
		if !s.knows(o.Metric.Dimension) {
			m = l.whole(o.Metric)
		}
		e := newEvaluation(m, end, l.failures)
		count := map[string]float64{}
		for _, r := range s.rules {
			if r.alert == "" {
				continue
			}
			for _, f := range e.fire(r, span{warmUp, end}) {
				count[r.alert+" "+r.labels["severity"]] += float64(len(f.episodes()))
			}
		}
		counts = append(counts, count)
	}
	return counts
}

func (o order) healthyCells(perHour float64, clumps bool, months [][]map[string]float64) []healthyCell {
	var cells []healthyCell
	for number, s := range o.Systems {
		column := func(name string) (counts []float64) {
			for _, month := range months {
				counts = append(counts, month[number][name])
			}
			return counts
		}
		alerts := map[string]float64{}
		for _, r := range s.rules {
			if r.alert != "" {
				name := r.alert + " " + r.labels["severity"]
				alerts[name] = *mean(column(name)).Value
			}
		}
		cells = append(cells, healthyCell{
			s.Name, perHour, clumps, mean(column(o.Alert + " page")), mean(column(o.Alert + " ticket")), alerts,
		})
	}
	return cells
}

// Every run has a random source of its own, so that neither cores nor other experiments change it.
func (o order) random(cell string, number int) *rand.Rand {
	hash := fnv.New64a()
	hash.Write([]byte(cell))
	return rand.New(rand.NewPCG(o.Seed^hash.Sum64(), uint64(number)))
}

// scrapes begin at any moment of their interval.
func (o order) scrapes(end int64, random *rand.Rand) grid {
	step := o.ScrapeSeconds[0] * 1000
	offset := random.Int64N(step)
	return grid{offset, step, int((end-offset)/step) + 1}
}
