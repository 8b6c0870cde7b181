package main

import (
	"math"
	"testing"
)

// Against published tables: Garwood's limits for a Poisson mean, Clopper and Pearson's for a share.
func TestBoundsAreThoseOfTheTables(t *testing.T) {
	for _, each := range []struct {
		name          string
		got, expected float64
	}{
		{"Poisson, 0 seen, high", poissonHigh(0), 3.689},
		{"Poisson, 10 seen, low", poissonLow(10), 4.795},
		{"Poisson, 10 seen, high", poissonHigh(10), 18.390},
		{"0 of 10, high", *share(0, 10).High, 0.3085},
		{"10 of 10, low", *share(10, 10).Low, 0.6915},
		{"5 of 10, low", *share(5, 10).Low, 0.1871},
		{"5 of 10, high", *share(5, 10).High, 0.8129},
	} {
		if math.Abs(each.got-each.expected) > 0.0005 {
			t.Errorf("%s: %.4f, expected %.4f", each.name, each.got, each.expected)
		}
	}
}

func TestAMedianThatIsNeverReachedHasNoNumber(t *testing.T) {
	never := math.Inf(1)
	if m := median([]float64{1, never, never}); m.Value != nil || *m.Low != 1 || m.High != nil {
		t.Fatal(m)
	}
}
