// Runs alerting rules over synthetic traffic with Prometheus' own engine: what pages without need, how soon an outage pages, whether a
// costly one is ever missed, and whether the budget on record is the true one. Reads its order from standard input, as JSON.
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"runtime"
	"runtime/debug"
	"sync"
	"sync/atomic"
	"time"
)

type order struct {
	Experiment string   `json:"experiment"`
	Systems    []system `json:"systems"`
	Metric     metric   `json:"metric"`
	// The alert that an objective's page and ticket are.
	Alert string `json:"alert"`
	// The recorded share of the budget that is left.
	Remaining     string    `json:"remaining"`
	Target        float64   `json:"target"`
	PerHour       []float64 `json:"perHour"`
	Errors        []float64 `json:"errors"`
	Clumps        []bool    `json:"clumps"`
	ScrapeSeconds []int64   `json:"scrapeSeconds"`
	// For groups that name no interval.
	IntervalSeconds int64  `json:"intervalSeconds"`
	Runs            int    `json:"runs"`
	Seed            uint64 `json:"seed"`
	// Slow groups and the budget look back so long.
	WindowDays int64 `json:"windowDays"`
}

type system struct {
	Name  string   `json:"name"`
	Files []string `json:"files"`
	rules []*rule
}

func main() {
	// Series are large and short-lived: memory is cheaper here than collecting it often.
	debug.SetGCPercent(400)
	if err := answer(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func answer() error {
	var o order
	decoder := json.NewDecoder(os.Stdin)
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&o); err != nil {
		return err
	}
	for i := range o.Systems {
		rules, err := readRules(o.Systems[i].Files, time.Duration(o.IntervalSeconds)*time.Second)
		if err != nil {
			return err
		}
		o.Systems[i].rules = rules
	}
	experiment, known := map[string]func(order) any{
		"healthy": healthy, "outages": outages, "recall": recall, "budget": budget,
	}[o.Experiment]
	if !known {
		return fmt.Errorf("no experiment %q", o.Experiment)
	}
	return json.NewEncoder(os.Stdout).Encode(experiment(o))
}

// each runs something many times on all cores; results come in the order of their numbers, whichever core was first.
func each[T any](runs int, title string, once func(number int) T) []T {
	results := make([]T, runs)
	var next, done atomic.Int64
	var workers sync.WaitGroup
	for range runtime.NumCPU() {
		workers.Go(func() {
			for i := int(next.Add(1)) - 1; i < runs; i = int(next.Add(1)) - 1 {
				results[i] = once(i)
				fmt.Fprintf(os.Stderr, "\r%s: %d of %d ", title, done.Add(1), runs)
			}
		})
	}
	workers.Wait()
	fmt.Fprint(os.Stderr, "\r\033[K")
	return results
}
