package main

import (
	"context"
	"fmt"
	"log/slog"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/prometheus/prometheus/model/labels"
	"github.com/prometheus/prometheus/model/value"
	"github.com/prometheus/prometheus/rules"
	"github.com/prometheus/prometheus/tsdb/chunkenc"
	"github.com/prometheus/prometheus/util/teststorage"
)

var testMetric = metric{
	Name:      "cx_requests_total",
	Labels:    map[string]string{"service_name": "documents", "http_request_method": "GET", "http_route": "/api/documents/:id", "deployment_environment_name": "production"},
	Good:      map[string]string{"outcome": "success"},
	Bad:       map[string]string{"outcome": "server_error"},
	Dimension: "customer",
}

// Each alert fires at the very steps at which Prometheus' own rule groups fire it, evaluated one step after the other on its own storage,
// and what was recorded on the way is the same. CX_SIMULATED_RULES names more rule files to try, apart by commas.
func TestAlertsFireWhenPrometheusFiresThem(t *testing.T) {
	files := []string{filepath.Join("testdata", "alerts.rules.yml")}
	if others := os.Getenv("CX_SIMULATED_RULES"); others != "" {
		files = append(files, strings.Split(others, ",")...)
	}
	for _, file := range files {
		for _, perHour := range []float64{10, 60, 600} {
			t.Run(fmt.Sprintf("%s at %g an hour", filepath.Base(file), perHour), func(t *testing.T) {
				compare(t, file, perHour)
			})
		}
	}
}

// Twelve hours with clumps of failures now and then, an outage in the ninth, and at 10 an hour silence between requests.
func compare(t *testing.T, file string, perHour float64) {
	end := 12 * hour
	l := live(plan{
		scrapes: grid{7_000, 15_000, int(end/15_000) - 1}, rate: steady(perHour), peak: perHour, chance: min(0.05, 1.2/perHour), clumps: true,
		outage: span{8 * hour, 9 * hour}, outageChance: 0.3,
	}, rand.New(rand.NewPCG(1, uint64(perHour))), false)
	there := runPrometheus(t, file, l.memory(testMetric), end)
	read, err := readRules([]string{file}, time.Minute)
	if err != nil {
		t.Fatal(err)
	}
	e := newEvaluation(l.memory(testMetric), end, l.failures)
	compareFiring(t, e, read, there)
	compareRecorded(t, e, there)
}

func compareFiring(t *testing.T, e *evaluation, read []*rule, there prometheus) {
	fired := 0
	for _, r := range read {
		if r.alert == "" {
			continue
		}
		for _, f := range e.fire(r, span{0, e.end}) {
			key := keyOf(r.alert, f.labels)
			for i, fires := range f.steps {
				at := f.at(i)
				if fires != there.fires[key][at] {
					t.Errorf("%s at minute %d: %t here, %t there", key, at/minute, fires, !fires)
				}
				if fires {
					fired++
				}
			}
			delete(there.fires, key)
		}
	}
	for key := range there.fires {
		t.Errorf("%s fires there alone", key)
	}
	if fired == 0 {
		t.Error("nothing fired at all")
	}
	t.Logf("%d steps fired alike", fired)
}

func compareRecorded(t *testing.T, e *evaluation, there prometheus) {
	compared := 0
	for r, rec := range e.recorded {
		for _, s := range rec.series {
			for i, done := range rec.done {
				if !done {
					continue
				}
				compared++
				if here, stored := s.values[i], there.valueAt(s, i); !alike(here, stored) {
					t.Fatalf("%s %s at minute %d: %v here, %v there", r.record, s.labels, s.at(i)/minute, here, stored)
				}
			}
		}
	}
	t.Logf("%d values recorded alike", compared)
}

// Sums over customers may be added up in another order.
func alike(a, b float64) bool {
	absent := func(v float64) bool { return isHole(v) || value.IsStaleNaN(v) }
	if absent(a) || absent(b) || math.IsNaN(a) || math.IsNaN(b) {
		return absent(a) == absent(b) && math.IsNaN(a) == math.IsNaN(b)
	}
	return math.Abs(a-b) <= 1e-9*math.Max(1, math.Abs(a))
}

func keyOf(alert string, l labels.Labels) string {
	return alert + labels.NewBuilder(l).Del(labels.AlertName).Labels().String()
}

// prometheus is what its rule groups fired and recorded.
type prometheus struct {
	fires    map[string]map[int64]bool
	recorded map[string]map[int64]float64
}

func (p prometheus) valueAt(s *series, i int) float64 {
	v, there := p.recorded[s.labels.String()][s.at(i)]
	if !there {
		return hole
	}
	return v
}

func runPrometheus(t *testing.T, file string, m memory, end int64) prometheus {
	stored := teststorage.New(t)
	defer stored.Close()
	groups := loadGroups(t, file, stored)
	there := prometheus{map[string]map[int64]bool{}, map[string]map[int64]float64{}}
	var scraped int64 = -1
	for now := int64(0); now <= end; now += minute {
		scrape(t, stored, m, scraped, now)
		scraped = now
		for _, group := range groups {
			if now%group.Interval().Milliseconds() == 0 {
				group.Eval(context.Background(), time.UnixMilli(now))
			}
			there.noteFiring(t, group, now)
		}
	}
	there.noteRecorded(t, groups, stored, end)
	return there
}

func loadGroups(t *testing.T, file string, stored *teststorage.TestStorage) []*rules.Group {
	manager := rules.NewManager(&rules.ManagerOptions{
		QueryFunc:  rules.EngineQueryFunc(newEngine(), stored),
		Appendable: stored,
		Queryable:  stored,
		Context:    context.Background(),
		NotifyFunc: func(context.Context, string, ...*rules.Alert) {},
		Logger:     slog.New(slog.DiscardHandler),
	})
	loaded, errs := manager.LoadGroups(time.Minute, labels.EmptyLabels(), "", nil, false, file)
	if len(errs) > 0 {
		t.Fatal(errs)
	}
	return inOrder(t, file, loaded)
}

func inOrder(t *testing.T, file string, loaded map[string]*rules.Group) []*rules.Group {
	read, err := readRules([]string{file}, time.Minute)
	if err != nil {
		t.Fatal(err)
	}
	var groups []*rules.Group
	for _, group := range loaded {
		groups = append(groups, group)
	}
	first := func(g *rules.Group) int {
		return slices.IndexFunc(read, func(r *rule) bool {
			return r.name() == g.Rules()[0].Name() && r.expr.String() == g.Rules()[0].Query().String()
		})
	}
	slices.SortFunc(groups, func(a, b *rules.Group) int { return first(a) - first(b) })
	return groups
}

func scrape(t *testing.T, stored *teststorage.TestStorage, m memory, after, until int64) {
	appender := stored.Appender(context.Background())
	for _, all := range m {
		for _, s := range all {
			for i := s.firstFrom(after + 1); i <= s.lastUntil(until); i++ {
				if isHole(s.values[i]) {
					continue
				}
				if _, err := appender.Append(0, s.labels, s.at(i), s.values[i]); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
	if err := appender.Commit(); err != nil {
		t.Fatal(err)
	}
}

func (p prometheus) noteFiring(t *testing.T, group *rules.Group, now int64) {
	for _, r := range group.Rules() {
		if r.LastError() != nil {
			t.Fatal(r.Name(), r.LastError())
		}
		alerting, ok := r.(*rules.AlertingRule)
		if !ok {
			continue
		}
		for _, alert := range alerting.ActiveAlerts() {
			if key := keyOf(alerting.Name(), alert.Labels); alert.State == rules.StateFiring {
				if p.fires[key] == nil {
					p.fires[key] = map[int64]bool{}
				}
				p.fires[key][now] = true
			}
		}
	}
}

func (p prometheus) noteRecorded(t *testing.T, groups []*rules.Group, stored *teststorage.TestStorage, end int64) {
	reader, err := stored.Querier(0, end)
	if err != nil {
		t.Fatal(err)
	}
	defer reader.Close()
	for _, group := range groups {
		for _, r := range group.Rules() {
			found := reader.Select(context.Background(), false, nil, labels.MustNewMatcher(labels.MatchEqual, labels.MetricName, r.Name()))
			for found.Next() {
				values := map[int64]float64{}
				for it := found.At().Iterator(nil); it.Next() != chunkenc.ValNone; {
					at, v := it.At()
					values[at] = v
				}
				p.recorded[found.At().Labels().String()] = values
			}
		}
	}
}
