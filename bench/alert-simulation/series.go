package main

import (
	"math"

	"github.com/prometheus/prometheus/model/histogram"
	"github.com/prometheus/prometheus/model/labels"
	"github.com/prometheus/prometheus/model/value"
	"github.com/prometheus/prometheus/tsdb/chunkenc"
)

// A NaN of our own, for a step at which nothing was written; Prometheus' stale marker is another.
const holeBits uint64 = 0x7ff0000000000bad

var (
	hole  = math.Float64frombits(holeBits)
	stale = math.Float64frombits(value.StaleNaN)
)

func isHole(v float64) bool { return math.Float64bits(v) == holeBits }

// grid is a row of equidistant times, in milliseconds.
type grid struct {
	start, step int64
	count       int
}

func (g grid) at(index int) int64 { return g.start + int64(index)*g.step }

// firstFrom is the index of the first time at or after t, perhaps beyond the grid.
func (g grid) firstFrom(t int64) int {
	if t <= g.start {
		return 0
	}
	return int((t - g.start + g.step - 1) / g.step)
}

// lastUntil is the index of the last time at or before t; -1 where there is none.
func (g grid) lastUntil(t int64) int {
	if t < g.start {
		return -1
	}
	return min(int((t-g.start)/g.step), g.count-1)
}

// series holds a value, or a hole, for each time of a grid.
type series struct {
	grid
	labels labels.Labels
	values []float64
}

func newSeries(g grid, l labels.Labels) *series {
	s := &series{grid: g, labels: l, values: make([]float64, g.count)}
	for i := range s.values {
		s.values[i] = hole
	}
	return s
}

func (s *series) Labels() labels.Labels { return s.labels }

// Reads a part of a series, as storage.Series asks for it.
type window struct {
	*series
	first, last int
}

func (w window) Iterator(reused chunkenc.Iterator) chunkenc.Iterator {
	it, ok := reused.(*iterator)
	if !ok {
		it = &iterator{}
	}
	*it = iterator{series: w.series, index: w.first - 1, last: w.last}
	return it
}

type iterator struct {
	*series
	index, last int
}

func (it *iterator) Next() chunkenc.ValueType {
	for it.index++; it.index <= it.last; it.index++ {
		if !isHole(it.values[it.index]) {
			return chunkenc.ValFloat
		}
	}
	return chunkenc.ValNone
}

func (it *iterator) Seek(t int64) chunkenc.ValueType {
	wanted := it.firstFrom(t)
	if it.index >= wanted && it.index >= 0 && it.index <= it.last && !isHole(it.values[it.index]) {
		return chunkenc.ValFloat
	}
	it.index = max(it.index, wanted-1)
	return it.Next()
}

func (it *iterator) At() (int64, float64) { return it.at(it.index), it.values[it.index] }
func (it *iterator) AtT() int64           { return it.at(it.index) }
func (it *iterator) Err() error           { return nil }

func (it *iterator) AtHistogram(*histogram.Histogram) (int64, *histogram.Histogram) {
	panic("no histograms here")
}

func (it *iterator) AtFloatHistogram(*histogram.FloatHistogram) (int64, *histogram.FloatHistogram) {
	panic("no histograms here")
}
