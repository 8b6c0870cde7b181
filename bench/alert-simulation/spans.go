package main

// span is a stretch of time in milliseconds, both ends included; run is one of a grid's steps.
type (
	span struct{ from, to int64 }
	run  struct{ first, last int }
)

// Evaluating a few steps that nobody asked for is cheaper than one query more.
const gap = 10

// runsOf lists the runs of set steps; runs with a short gap between them become one.
func runsOf(steps []bool) []run {
	var runs []run
	for i, set := range steps {
		if !set {
			continue
		}
		if last := len(runs) - 1; last >= 0 && i-runs[last].last <= gap {
			runs[last].last = i
		} else {
			runs = append(runs, run{i, i})
		}
	}
	return runs
}

func spansOf(g grid, runs []run) []span {
	spans := make([]span, len(runs))
	for i, r := range runs {
		spans[i] = span{g.at(r.first), g.at(r.last)}
	}
	return spans
}

// reaching makes spans begin earlier, though not before the start.
func reaching(spans []span, back, start int64) []span {
	longer := make([]span, len(spans))
	for i, s := range spans {
		longer[i] = span{max(s.from-back, start), s.to}
	}
	return longer
}

// common is what lies in both of two rows of spans, each in order.
func common(a, b []span) []span {
	var both []span
	for i, j := 0, 0; i < len(a) && j < len(b); {
		if s := (span{max(a[i].from, b[j].from), min(a[i].to, b[j].to)}); s.from <= s.to {
			both = append(both, s)
		}
		if a[i].to < b[j].to {
			i++
		} else {
			j++
		}
	}
	return both
}
