package report

// Since is the report without the open findings an earlier one has at least as severe, by key. It keeps parts of r, which must not be
// written to any more; its score and rules stay those of the whole board.
func (r *Report) Since(known map[string]Severity) *Report {
	out := *r
	out.Findings = nil
	index := make([]int, len(r.Findings))
	for i := range r.Findings {
		f := &r.Findings[i]
		if was, there := known[f.Key]; there && was >= f.Severity && !f.Dismissed {
			index[i] = -1
			out.Known++
			continue
		}
		index[i] = len(out.Findings)
		out.Findings = append(out.Findings, *f)
	}
	out.Causes = nil
	for _, c := range r.Causes {
		var left []int
		for _, i := range c.Findings {
			if index[i] >= 0 {
				left = append(left, index[i])
			}
		}
		if left != nil {
			c.Findings = left
			out.Causes = append(out.Causes, c)
		}
	}
	return &out
}

// Open are the keys of the findings that are not dismissed, with their severity: what Since takes.
func (r *Report) Open() map[string]Severity {
	open := make(map[string]Severity, len(r.Findings))
	for i := range r.Findings {
		if f := &r.Findings[i]; !f.Dismissed {
			open[f.Key] = f.Severity
		}
	}
	return open
}
