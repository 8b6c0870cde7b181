package main

import (
	"context"

	"github.com/prometheus/prometheus/model/labels"
	"github.com/prometheus/prometheus/storage"
	"github.com/prometheus/prometheus/util/annotations"
)

// memory is what Prometheus' engine reads from: all series of one simulated stretch, by metric name.
type memory map[string][]*series

func (m memory) add(s *series) {
	name := s.labels.Get(labels.MetricName)
	m[name] = append(m[name], s)
}

func (m memory) Querier(mint, maxt int64) (storage.Querier, error) {
	return querier{m, mint, maxt}, nil
}

type querier struct {
	memory
	mint, maxt int64
}

func (q querier) Select(_ context.Context, _ bool, hints *storage.SelectHints, matchers ...*labels.Matcher) storage.SeriesSet {
	from, to := q.mint, q.maxt
	if hints != nil {
		from, to = hints.Start, hints.End
	}
	found := &seriesSet{index: -1}
	for _, s := range q.named(matchers) {
		if matches(s.labels, matchers) {
			found.windows = append(found.windows, window{s, s.firstFrom(from), s.lastUntil(to)})
		}
	}
	return found
}

func (q querier) named(matchers []*labels.Matcher) []*series {
	for _, m := range matchers {
		if m.Name == labels.MetricName && m.Type == labels.MatchEqual {
			return q.memory[m.Value]
		}
	}
	panic("a selector without a metric's name")
}

func matches(l labels.Labels, matchers []*labels.Matcher) bool {
	for _, m := range matchers {
		if !m.Matches(l.Get(m.Name)) {
			return false
		}
	}
	return true
}

func (querier) LabelValues(context.Context, string, *storage.LabelHints, ...*labels.Matcher) ([]string, annotations.Annotations, error) {
	return nil, nil, nil
}

func (querier) LabelNames(context.Context, *storage.LabelHints, ...*labels.Matcher) ([]string, annotations.Annotations, error) {
	return nil, nil, nil
}

func (querier) Close() error { return nil }

type seriesSet struct {
	windows []window
	index   int
}

func (s *seriesSet) Next() bool                        { s.index++; return s.index < len(s.windows) }
func (s *seriesSet) At() storage.Series                { return s.windows[s.index] }
func (s *seriesSet) Err() error                        { return nil }
func (s *seriesSet) Warnings() annotations.Annotations { return nil }
