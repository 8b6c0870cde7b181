package main

import (
	"math"
	"math/rand/v2"
	"testing"
)

func TestCountersShowWhatHappenedUntilTheScrape(t *testing.T) {
	scrapes := grid{7_000, 15_000, 4 * 60 * 24}
	l := live(plan{scrapes: scrapes, rate: steady(600), peak: 600, chance: 0.05}, rand.New(rand.NewPCG(1, 1)), true)
	m := l.memory(testMetric)
	// By then every customer's series are older than the two scrapes at which they stand at 0.
	for i := scrapes.count / 2; i < scrapes.count; i++ {
		shown, happened := 0.0, 0.0
		for _, s := range m[testMetric.Name] {
			shown += s.values[i]
		}
		for _, at := range l.requests {
			if at <= scrapes.at(i) {
				happened++
			}
		}
		if shown != happened {
			t.Fatalf("scrape %d shows %g requests of %g", i, shown, happened)
		}
	}
}

func TestASeriesStandsAt0ForTwoScrapes(t *testing.T) {
	s := counter([]float64{0, 1, 0, 2, 0}, grid{0, 1, 5}, testMetric.labelsOf("a", testMetric.Bad))
	if !isHole(s.values[0]) || s.values[1] != 0 || s.values[2] != 0 || s.values[3] != 3 || s.values[4] != 3 {
		t.Fatal(s.values)
	}
}

func TestClumpsFailAsOftenAsSingleRequests(t *testing.T) {
	for _, clumps := range []bool{false, true} {
		l := live(plan{
			scrapes: grid{0, minute, 60 * 24 * 30}, rate: steady(6_000), peak: 6_000, chance: 0.0005, clumps: clumps,
		}, rand.New(rand.NewPCG(1, 1)), false)
		expected := 6_000.0 * 24 * 30 * 0.0005
		if got := float64(len(l.failures)); math.Abs(got-expected) > 0.1*expected {
			t.Errorf("clumps %t: %g failures, expected about %g", clumps, got, expected)
		}
	}
}

func TestAnOutageEndsAtItsLastFailure(t *testing.T) {
	l := live(plan{
		scrapes: grid{0, minute, 60 * 24}, rate: steady(600), peak: 600,
		outage: span{hour, 20 * hour}, outageChance: 0.5, outageFailures: 30,
	}, rand.New(rand.NewPCG(1, 1)), false)
	if len(l.failures) != 30 || l.outage.to != l.failures[29] || l.failures[0] < hour {
		t.Fatal(l.outage, l.failures)
	}
}
