package main

import (
	"math"
	"math/rand/v2"
	"sort"
)

// estimate is a figure with its 95 % bounds; nil stands for "never" or "beyond what was watched".
type estimate struct {
	Value *float64 `json:"value"`
	Low   *float64 `json:"low"`
	High  *float64 `json:"high"`
}

func finite(v float64) *float64 {
	if math.IsInf(v, 0) || math.IsNaN(v) {
		return nil
	}
	return &v
}

// median's bounds are order statistics, by the binomial distribution's normal approximation.
func median(values []float64) estimate {
	sorted := append([]float64(nil), values...)
	sort.Float64s(sorted)
	n := float64(len(sorted))
	at := func(rank float64) *float64 {
		return finite(sorted[int(math.Min(math.Max(rank, 0), n-1))])
	}
	half := 1.96 * math.Sqrt(n) / 2
	return estimate{at(n / 2), at(math.Floor(n/2 - half)), at(math.Ceil(n/2 + half))}
}

// mean of counts: the wider of Poisson's exact bounds (Garwood 1936) and a bootstrap over the months, since episodes may come in groups.
func mean(counts []float64) estimate {
	sum, n := 0.0, float64(len(counts))
	for _, c := range counts {
		sum += c
	}
	low, high := bootstrap(counts)
	low = math.Min(low, poissonLow(sum)/n)
	high = math.Max(high, poissonHigh(sum)/n)
	return estimate{finite(sum / n), finite(low), finite(high)}
}

func bootstrap(counts []float64) (low, high float64) {
	const rounds = 2000
	random := rand.New(rand.NewPCG(1, 2))
	means := make([]float64, rounds)
	for i := range means {
		for range counts {
			means[i] += counts[random.IntN(len(counts))]
		}
		means[i] /= float64(len(counts))
	}
	sort.Float64s(means)
	return means[rounds/40], means[rounds-1-rounds/40]
}

// share of successes, with Clopper and Pearson's exact bounds.
func share(successes, of int) estimate {
	k, n := float64(successes), float64(of)
	low, high := 0.0, 1.0
	if successes > 0 {
		low = solve(0, 1, func(p float64) bool { return 1-binomialBelow(successes, of, p) >= 0.025 })
	}
	if successes < of {
		high = solve(0, 1, func(p float64) bool { return binomialBelow(successes+1, of, p) <= 0.025 })
	}
	return estimate{finite(k / n), &low, &high}
}

func poissonHigh(count float64) float64 {
	return solve(count, 2*count+20, func(mean float64) bool { return poissonBelow(count+1, mean) <= 0.025 })
}

func poissonLow(count float64) float64 {
	if count == 0 {
		return 0
	}
	return solve(0, count, func(mean float64) bool { return 1-poissonBelow(count, mean) >= 0.025 })
}

func poissonBelow(count, mean float64) float64 {
	sum := 0.0
	for i := 0.0; i < count; i++ {
		log, _ := math.Lgamma(i + 1)
		sum += math.Exp(i*math.Log(mean) - mean - log)
	}
	return sum
}

func binomialBelow(count, of int, p float64) float64 {
	sum := 0.0
	all, _ := math.Lgamma(float64(of) + 1)
	for i := range count {
		in, _ := math.Lgamma(float64(i) + 1)
		out, _ := math.Lgamma(float64(of-i) + 1)
		sum += math.Exp(all - in - out + float64(i)*math.Log(p) + float64(of-i)*math.Log1p(-p))
	}
	return sum
}

// solve finds where a condition begins to hold, by halves.
func solve(low, high float64, holds func(float64) bool) float64 {
	for range 60 {
		middle := (low + high) / 2
		if holds(middle) {
			high = middle
		} else {
			low = middle
		}
	}
	return high
}
