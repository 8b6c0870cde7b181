package main

import (
	"strings"

	"github.com/prometheus/prometheus/model/labels"
	"github.com/prometheus/prometheus/promql/parser"
)

// A counter shows its first event some scrapes late, and an instant selector sees what a slower group recorded minutes ago.
const late = 10 * minute

// loud leaves those of the asked times at which a comparison such as `ratio > 0.01` can hold: where nothing failed for as long as its
// left side looks back, that side is 0, NaN or nothing. Only for lines of 0 and more; all of the asked times where this is not sure.
func (e *evaluation) loud(r *rule, of *parser.BinaryExpr, asked []span) []span {
	line, fixed := of.RHS.(*parser.NumberLiteral)
	if of.Op != parser.GTR || !fixed || line.Val < 0 || e.failures == nil {
		return asked
	}
	back, sure := r.quietAfter(of.LHS)
	if !sure {
		return asked
	}
	var found []span
	for _, t := range e.failures {
		if last := len(found) - 1; last >= 0 && t <= found[last].to {
			found[last].to = t + back
		} else {
			found = append(found, span{t, t + back})
		}
	}
	return common(asked, found)
}

// quietAfter is how long after the last failure an expression is 0, NaN or nothing for sure.
func (r *rule) quietAfter(expr parser.Expr) (int64, bool) {
	switch of := expr.(type) {
	case *parser.ParenExpr:
		return r.quietAfter(of.Expr)
	case *parser.AggregateExpr:
		if of.Op == parser.SUM || of.Op == parser.MAX {
			return r.quietAfter(of.Expr)
		}
	case *parser.Call:
		switch of.Func.Name {
		case "sum_over_time", "avg_over_time", "rate", "increase", "clamp_min":
			return r.quietAfter(of.Args[0])
		}
	case *parser.BinaryExpr:
		return r.quietBinary(of)
	case *parser.MatrixSelector, *parser.VectorSelector:
		return r.quietSelection(selections(expr)[0])
	}
	return 0, false
}

// Nothing times something is nothing, and so is nothing divided by something. A filter leaves less than there was.
func (r *rule) quietBinary(of *parser.BinaryExpr) (int64, bool) {
	left, sure := r.quietAfter(of.LHS)
	switch {
	case of.Op == parser.DIV, of.Op.IsComparisonOperator() && !of.ReturnBool:
		return left, sure
	case of.Op == parser.MUL && !sure:
		return r.quietAfter(of.RHS)
	case of.Op == parser.MUL:
		return left, true
	}
	return 0, false
}

func (r *rule) quietSelection(of selection) (int64, bool) {
	longest, sure := int64(0), false
	for _, in := range r.inputs {
		if !records(in.from, of.matchers) {
			continue
		}
		back, known := in.from.quiet()
		if !known {
			return 0, false
		}
		longest, sure = max(longest, back), true
	}
	if !sure && onlyFailures(of) {
		return of.reach + late, true
	}
	return longest + of.reach, sure
}

// quiet takes our count of failures, made from raw series as all without the good, for what its name says.
func (r *rule) quiet() (int64, bool) {
	if strings.Contains(r.record, "sli_bad:") && len(r.rawInputs()) > 0 {
		return r.looksBack + late, true
	}
	return r.quietAfter(r.expr)
}

func (r *rule) rawInputs() []selection {
	var raw []selection
	for _, selected := range selections(r.expr) {
		recorded := false
		for _, in := range r.inputs {
			recorded = recorded || records(in.from, selected.matchers)
		}
		if !recorded {
			raw = append(raw, selected)
		}
	}
	return raw
}

// onlyFailures tells whether a selector of raw series asks for failed requests by their outcome.
func onlyFailures(of selection) bool {
	for _, m := range of.matchers {
		if m.Name == "outcome" && m.Type == labels.MatchEqual && m.Value == "server_error" {
			return true
		}
	}
	return false
}
