package main

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"

	"github.com/prometheus/prometheus/model/labels"
)

const (
	minute = int64(60_000)
	hour   = 60 * minute
	day    = 24 * hour
)

// plan is what a service lives through. Rates are requests an hour; chances are of one request to fail.
type plan struct {
	scrapes grid
	// Requests an hour at a time, at most peak.
	rate func(t int64) float64
	peak float64
	// How often the healthy service fails, and whether each failure is retried into a clump of 1 to 4.
	chance float64
	clumps bool
	// An outage: from its start until its end or until so many failures, where that is not 0.
	outage         span
	outageChance   float64
	outageFailures int
}

// lived is what happened: counters as they were scraped, and the truth beside them.
type lived struct {
	scrapes grid
	counts  [customers]tally
	// Times, in order.
	failures, requests []int64
	outage             span
	outageFailures     int
}

// metric is how the service's counter looks to Prometheus.
type metric struct {
	Name      string            `json:"name"`
	Labels    map[string]string `json:"labels"`
	Good      map[string]string `json:"good"`
	Bad       map[string]string `json:"bad"`
	Dimension string            `json:"dimension"`
}

// One customer has so many requests to one of the next: Zipf's law with exponent 1.
const customers = 10

var shares = func() (until [customers]float64) {
	sum := 0.0
	for i := range until {
		sum += 1 / float64(i+1)
		until[i] = sum
	}
	for i := range until {
		until[i] /= sum
	}
	return until
}()

func anyCustomer(random *rand.Rand) int {
	at := random.Float64()
	for i, until := range shares {
		if at < until {
			return i
		}
	}
	return customers - 1
}

// tally counts a customer's good and bad requests by the scrape that sees them first.
type tally struct{ good, bad []float64 }

// live lets requests arrive as a Poisson process. Times of all requests are kept only where they are asked for.
func live(p plan, random *rand.Rand, keepRequests bool) *lived {
	l := &lived{scrapes: p.scrapes, outage: p.outage}
	for c := range l.counts {
		l.counts[c] = tally{make([]float64, p.scrapes.count), make([]float64, p.scrapes.count)}
	}
	end := p.scrapes.at(p.scrapes.count - 1)
	// Not in whole milliseconds: they would slow 6,000 requests an hour.
	for now := float64(p.scrapes.start); ; {
		now += random.ExpFloat64() / p.peak * float64(hour)
		t := int64(now)
		if t > end {
			break
		}
		if random.Float64()*p.peak >= p.rate(t) {
			continue
		}
		if keepRequests {
			l.requests = append(l.requests, t)
		}
		l.request(p, t, anyCustomer(random), random)
	}
	slices.Sort(l.failures)
	return l
}

func (l *lived) request(p plan, t int64, customer int, random *rand.Rand) {
	switch {
	case t >= l.outage.from && t < l.outage.to && random.Float64() < p.outageChance:
		l.fail(t, customer)
		l.outageFailures++
		if l.outageFailures == p.outageFailures {
			l.outage.to = t
		}
	case random.Float64() < p.chancePerRequest():
		for _, retry := range p.retries(t, random) {
			l.fail(retry, customer)
		}
	default:
		l.count(l.counts[customer].good, t)
	}
}

func (l *lived) fail(t int64, customer int) {
	l.failures = append(l.failures, t)
	l.count(l.counts[customer].bad, t)
}

func (l *lived) count(to []float64, t int64) {
	if i := l.scrapes.firstFrom(t); i < l.scrapes.count {
		to[i]++
	}
}

const meanClump = 2.5

func (p plan) chancePerRequest() float64 {
	if p.clumps {
		return p.chance / meanClump
	}
	return p.chance
}

// retries gives the times of a failed request and of its 0 to 3 retries, some 2 to 10 s apart.
func (p plan) retries(t int64, random *rand.Rand) []int64 {
	times := []int64{t}
	for p.clumps && len(times) < 4 && random.IntN(5-len(times)) > 0 {
		t += 2_000 + random.Int64N(8_000)
		times = append(times, t)
	}
	return times
}

// memory shows what was counted as cx-metrics does: a label set comes with its first event and stands at 0 until two scrapes saw
// it there.
func (l *lived) memory(m metric) memory {
	all := memory{}
	for c, counts := range l.counts {
		l.show(all, counts, m, fmt.Sprintf("customer-%02d", c+1))
	}
	return all
}

// whole is the same with all customers in one, as far as rules can tell that never name a customer.
func (l *lived) whole(m metric) memory {
	sum := tally{make([]float64, l.scrapes.count), make([]float64, l.scrapes.count)}
	for _, counts := range l.counts {
		for i := range sum.good {
			sum.good[i] += counts.good[i]
			sum.bad[i] += counts.bad[i]
		}
	}
	all := memory{}
	l.show(all, sum, m, "all")
	return all
}

func (l *lived) show(to memory, counts tally, m metric, customer string) {
	for _, s := range []*series{
		counter(counts.good, l.scrapes, m.labelsOf(customer, m.Good)),
		counter(counts.bad, l.scrapes, m.labelsOf(customer, m.Bad)),
	} {
		if s != nil {
			to.add(s)
		}
	}
}

func counter(perScrape []float64, scrapes grid, l labels.Labels) *series {
	first := 0
	for first < len(perScrape) && perScrape[first] == 0 {
		first++
	}
	if first == len(perScrape) {
		return nil
	}
	s := newSeries(scrapes, l)
	sum := 0.0
	for i := first; i < len(perScrape); i++ {
		sum += perScrape[i]
		s.values[i] = sum
		if i < first+2 {
			s.values[i] = 0
		}
	}
	return s
}

func (m metric) labelsOf(customer string, outcome map[string]string) labels.Labels {
	builder := labels.NewBuilder(labels.FromMap(m.Labels)).Set(labels.MetricName, m.Name)
	for name, text := range outcome {
		builder.Set(name, text)
	}
	return builder.Set(m.Dimension, customer).Labels()
}

func steady(perHour float64) func(int64) float64 { return func(int64) float64 { return perHour } }

// swinging goes from its peak at noon to 5 % of it at midnight, and idles from two to five in the morning.
func swinging(peak float64) func(int64) float64 {
	return func(t int64) float64 {
		ofDay := float64(t%day) / float64(hour)
		if ofDay >= 2 && ofDay < 5 {
			return 0
		}
		return peak * (0.525 - 0.475*math.Cos(2*math.Pi*ofDay/24))
	}
}
