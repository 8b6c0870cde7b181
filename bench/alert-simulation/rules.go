package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/prometheus/prometheus/model/labels"
	"github.com/prometheus/prometheus/model/rulefmt"
	"github.com/prometheus/prometheus/promql/parser"
)

// rule is one of a rule file, recording or alerting. Times in milliseconds.
type rule struct {
	record, alert string
	text          string
	expr          parser.Expr
	labels        map[string]string
	interval      int64
	hold, keep    int64
	// Where its group stands among all; rules of one group are evaluated in order.
	group     int
	inputs    []input
	looksBack int64
}

// input is a recorded series that a rule looks at, and how far back.
type input struct {
	from  *rule
	reach int64
}

func (r *rule) name() string { return r.record + r.alert }

// readRules reads rule files in their order. A group without an interval gets the default.
func readRules(paths []string, interval time.Duration) ([]*rule, error) {
	var rules []*rule
	groupNumber := 0
	for _, path := range paths {
		groups, errs := rulefmt.ParseFile(path, false)
		if len(errs) > 0 {
			return nil, errors.Join(errs...)
		}
		for _, group := range groups.Groups {
			groupNumber++
			for _, r := range group.Rules {
				read, err := readRule(group, r, interval)
				if err != nil {
					return nil, fmt.Errorf("%s: %w", path, err)
				}
				read.group = groupNumber
				rules = append(rules, read)
			}
		}
	}
	return rules, connect(rules)
}

func readRule(group rulefmt.RuleGroup, r rulefmt.Rule, interval time.Duration) (*rule, error) {
	expr, err := parser.ParseExpr(r.Expr)
	if err != nil {
		return nil, fmt.Errorf("%s%s: %w", r.Record, r.Alert, err)
	}
	if group.Interval != 0 {
		interval = time.Duration(group.Interval)
	}
	all := map[string]string{}
	for _, of := range []map[string]string{group.Labels, r.Labels} {
		for name, text := range of {
			all[name] = text
		}
	}
	return &rule{
		record: r.Record, alert: r.Alert, text: r.Expr, expr: expr, labels: all,
		interval: interval.Milliseconds(),
		hold:     time.Duration(r.For).Milliseconds(),
		keep:     time.Duration(r.KeepFiringFor).Milliseconds(),
	}, nil
}

// connect finds each rule's inputs. It refuses a rule that looks at a later one of its group, whose value would be that of a step ago.
// Groups run side by side: what another has recorded for the same moment may be there or not, and is taken to be there.
func connect(rules []*rule) error {
	for index, r := range rules {
		for _, selected := range selections(r.expr) {
			for later, other := range rules {
				if !records(other, selected.matchers) {
					continue
				}
				if later >= index && other.group == r.group {
					return fmt.Errorf("%s looks at %s, which is not before it", r.name(), other.name())
				}
				r.inputs = append(r.inputs, input{from: other, reach: selected.reach})
			}
		}
	}
	for _, r := range rules {
		if err := r.measure(0, len(rules)); err != nil {
			return err
		}
	}
	return nil
}

// measure finds how far back a rule looks through all its inputs.
func (r *rule) measure(depth, deepest int) error {
	if depth > deepest {
		return fmt.Errorf("%s looks at itself", r.name())
	}
	for _, in := range r.inputs {
		if err := in.from.measure(depth+1, deepest); err != nil {
			return err
		}
		r.looksBack = max(r.looksBack, in.reach+in.from.looksBack)
	}
	for _, selected := range selections(r.expr) {
		r.looksBack = max(r.looksBack, selected.reach)
	}
	return nil
}

// records tells whether a rule may record what a selector asks for.
func records(r *rule, matchers []*labels.Matcher) bool {
	if r.record == "" {
		return false
	}
	for _, m := range matchers {
		text, fixed := r.labels[m.Name]
		if m.Name == labels.MetricName {
			text, fixed = r.record, true
		}
		if fixed && !m.Matches(text) {
			return false
		}
	}
	return true
}

type selection struct {
	matchers []*labels.Matcher
	reach    int64
}

// selections lists what an expression selects, with the range, offset and subqueries that lead back in time.
func selections(expr parser.Expr) []selection {
	var found []selection
	parser.Inspect(expr, func(node parser.Node, path []parser.Node) error {
		if selector, ok := node.(*parser.VectorSelector); ok {
			reach := selector.OriginalOffset
			for _, above := range path {
				switch of := above.(type) {
				case *parser.MatrixSelector:
					reach += of.Range
				case *parser.SubqueryExpr:
					reach += of.Range + of.OriginalOffset
				}
			}
			found = append(found, selection{selector.LabelMatchers, reach.Milliseconds()})
		}
		return nil
	})
	return found
}

// knows tells whether any rule names a label.
func (s system) knows(label string) bool {
	return slices.ContainsFunc(s.rules, func(r *rule) bool { return strings.Contains(r.text, label) })
}
