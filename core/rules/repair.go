package rules

import (
	"slices"
	"strings"

	"unisson/core/board"
	"unisson/core/report"
)

// Repairs are what Next tries on a copy of the board: one edit a person could make there, chosen without taste — where
// several channels or objectives would do, the one most of the board already leans on, then the first id. They write no
// text and take no decision the board does not hold; where only that would help, they give nil. No message is touched.

// accused is the object of a finding, by the id in its key.
func accused(f *report.Finding) string {
	_, id, _ := strings.Cut(f.Key, ":")
	return id
}

func putObjective(o board.Objective) *board.Change {
	return &board.Change{Value: board.Board{Objectives: []*board.Objective{&o}}}
}

func putChannel(c board.Channel) *board.Change {
	return &board.Change{Value: board.Board{Channels: []*board.Channel{&c}}}
}

func putKPI(k board.KPI) *board.Change {
	return &board.Change{Value: board.Board{KPIs: []*board.KPI{&k}}}
}

// with is a list and one more; the list itself is left as it is.
func with[T any](list []T, x T) []T { return append(slices.Clip(list), x) }

// least is the item of the smallest rank, the first where several have it; nil for none.
func least[P *T, T any](list []P, rank func(P) []int) (best P) {
	var lowest []int
	for _, x := range list {
		if n := rank(x); best == nil || slices.Compare(n, lowest) < 0 {
			best, lowest = x, n
		}
	}
	return best
}

func byID[P *T, T any](list []P, id func(P) string, wanted string) P {
	if i := slices.IndexFunc(list, func(x P) bool { return id(x) == wanted }); i >= 0 {
		return list[i]
	}
	return nil
}

// not is 1 for what a rank puts last.
func not(good bool) int {
	if good {
		return 0
	}
	return 1
}

// ---- strategy ----

// apex is the root most objectives hang from, then the one most channels pursue; "" without a root. except is left out.
func (r *Reading) apex(except string) string {
	roots := slices.DeleteFunc(r.Roots(), func(o *Objective) bool { return o.ID == except })
	if top := least(roots, func(o *Objective) []int { return []int{-len(o.Children), -len(o.Channels)} }); top != nil {
		return top.ID
	}
	return ""
}

// ST1: the action serves the apex.
func tieAction(r *Reading, f *report.Finding) *board.Change { return r.tie([]string{accused(f)}) }

// TE1: as many reactions serve the apex as it takes for half of them to be tied.
func tieReactions(r *Reading, f *report.Finding) *board.Change {
	reactions, tied := 0, 0
	for _, a := range f.Args {
		n, _ := a.Value.(float64)
		switch a.Key {
		case "reactions":
			reactions = int(n)
		case "tied":
			tied = int(n)
		}
	}
	var loose []string
	for _, p := range f.Places {
		loose = append(loose, p.Entity)
	}
	return r.tie(loose[:min(len(loose), (reactions+1)/2-tied)])
}

func (r *Reading) tie(actions []string) *board.Change {
	top := r.apex("")
	if top == "" {
		return nil
	}
	c := &board.Change{}
	for _, id := range actions {
		if a := byID(r.Actions, actionID, id); a != nil {
			tied := *a
			tied.Objective = top
			c.Value.Actions = append(c.Value.Actions, &tied)
		}
	}
	return c
}

// ST2: the objective hangs from the apex of the others.
func attachObjective(r *Reading, f *report.Finding) *board.Change {
	o, top := byID(r.Source.Objectives, objectiveID, accused(f)), r.apex(accused(f))
	if o == nil || top == "" {
		return nil
	}
	attached := *o
	attached.Parent = top
	return putObjective(attached)
}

// ST4: a channel that pursues the objective above it takes it on, otherwise the one with the fewest objectives.
func giveMeans(r *Reading, f *report.Finding) *board.Change {
	o := byID(r.Source.Objectives, objectiveID, accused(f))
	if o == nil {
		return nil
	}
	c := least(r.Channels, func(c *Channel) []int {
		return []int{not(blank(c.Mandatory)), not(o.Parent != "" && slices.Contains(c.Objectives, o.Parent)), len(c.Objectives)}
	})
	if c == nil {
		return nil
	}
	charged := *c.Channel
	charged.Objectives = with(c.Objectives, o.ID)
	return putChannel(charged)
}

// ST5: the channel's document becomes a chapter of the strategy.
func citeCommon(r *Reading, f *report.Finding) *board.Change {
	c := r.channels[accused(f)]
	if c == nil || c.Strategy == nil {
		return nil
	}
	chapter := *c.Strategy
	chapter.CitesCommon = board.Yes
	cited := *c.Channel
	cited.Strategy = &chapter
	return putChannel(cited)
}

// ST7: whoever answers for one channel answers for another too.
func shareOwner(r *Reading, f *report.Finding) *board.Change {
	if len(f.Places) < 2 {
		return nil
	}
	first, second := r.channels[f.Places[0].Entity], r.channels[f.Places[1].Entity]
	if first == nil || second == nil {
		return nil
	}
	shared := *second.Channel
	shared.Owner += ", " + first.Owner
	return putChannel(shared)
}

// KP1: the measure belongs to the one objective of its channel, otherwise to the apex.
func tieKPI(r *Reading, f *report.Finding) *board.Change {
	k, to := byID(r.KPIs, kpiID, accused(f)), r.apex("")
	if k == nil {
		return nil
	}
	if c := r.channels[k.Channel]; c != nil && len(c.Objectives) == 1 && r.hasObjective(c.Objectives[0]) {
		to = c.Objectives[0]
	}
	if to == "" {
		return nil
	}
	tied := *k
	tied.Objective = to
	return putKPI(tied)
}

// KP3: a measure of behaviour or outcome that nobody tied proves the objective; what else would is for people to write.
func measureObjective(r *Reading, f *report.Finding) *board.Change {
	o := byID(r.Objectives, func(o *Objective) string { return o.ID }, accused(f))
	loose := slices.DeleteFunc(slices.Clone(r.KPIs), func(k *board.KPI) bool {
		return k.Objective != "" || k.Class != "behaviour" && k.Class != "outcome"
	})
	if o == nil {
		return nil
	}
	k := least(loose, func(k *board.KPI) []int {
		return []int{not(slices.ContainsFunc(o.Channels, func(c *Channel) bool { return c.ID == k.Channel }))}
	})
	if k == nil {
		return nil
	}
	tied := *k
	tied.Objective = o.ID
	return putKPI(tied)
}

// ---- audience ----

// PU1: a channel that speaks to nobody in particular speaks to the segment, otherwise the one with the fewest.
func meetSegment(r *Reading, f *report.Finding) *board.Change {
	c := least(r.Channels, func(c *Channel) []int {
		everyone := c.Kind == "site" || c.Kind == "search"
		return []int{not(blank(c.Mandatory)), not(len(c.Segments) == 0 && !everyone && !onlyTheCrowd(c.Reason)), len(c.Segments)}
	})
	if c == nil {
		return nil
	}
	return c.speakTo(accused(f))
}

// PU3: the channel speaks to the segment the fewest channels speak to. A reason that is only the crowd has to be rewritten.
func nameSegment(r *Reading, f *report.Finding) *board.Change {
	c := r.channels[accused(f)]
	if c == nil || onlyTheCrowd(c.Reason) {
		return nil
	}
	channels := map[string]int{}
	for _, c := range r.Channels {
		for _, s := range c.Segments {
			channels[s.ID]++
		}
	}
	s := least(r.Segments, func(s *board.Segment) []int { return []int{not(s.Status != "later"), channels[s.ID]} })
	if s == nil {
		return nil
	}
	return c.speakTo(s.ID)
}

func (c *Channel) speakTo(segment string) *board.Change {
	named := *c.Channel
	named.Segments = with(c.Channel.Segments, segment)
	return putChannel(named)
}

// PU2: a channel that speaks to the segment answers the need, the one that answers the fewest.
func answerNeed(r *Reading, f *report.Finding) *board.Change {
	c := least(r.Channels, func(c *Channel) []int {
		theirs := slices.ContainsFunc(c.Segments, func(s *board.Segment) bool { return s.ID == f.About.ID })
		return []int{not(theirs), not(blank(c.Mandatory)), len(c.Answers)}
	})
	if c == nil {
		return nil
	}
	answering := *c.Channel
	answering.Answers = with(c.Answers, accused(f))
	return putChannel(answering)
}

// ---- synergy and bridge ----

// hub is the channel of a list that the most others serve, then a site; nil for none.
func hub(channels []*Channel, fit func(*Channel) bool) *Channel {
	return least(channels, func(c *Channel) []int {
		return []int{not(fit(c)), not(blank(c.Mandatory)), -len(c.Served), not(c.Kind == "site")}
	})
}

func isolated(c *Channel) bool { return len(c.Serves)+len(c.Served) == 0 }

func (c *Channel) serve(to *Channel) *board.Change {
	serving := *c.Channel
	serving.Serves = with(c.Channel.Serves, &board.Serve{Channel: to.ID})
	return putChannel(serving)
}

// SY1: the channel serves the hub; a site is served, by another that is alone where there is one.
func linkChannel(r *Reading, f *report.Finding) *board.Change {
	c := r.channels[accused(f)]
	if c == nil {
		return nil
	}
	others := slices.DeleteFunc(slices.Clone(r.Channels), func(x *Channel) bool { return x == c })
	if c.Kind == "site" {
		if from := least(others, func(x *Channel) []int { return []int{not(blank(x.Mandatory)), not(isolated(x))} }); from != nil {
			return from.serve(c)
		}
		return nil
	}
	if to := hub(others, func(*Channel) bool { return true }); to != nil {
		return c.serve(to)
	}
	return nil
}

// SY2: the channel serves the hub of those from which an objective is reached.
func leadOn(r *Reading, f *report.Finding) *board.Change {
	c, arrives := r.channels[accused(f)], r.leadSomewhere()
	if c == nil || len(arrives) == 0 {
		return nil
	}
	if to := hub(r.Channels, func(x *Channel) bool { return arrives[x] }); to != c {
		return c.serve(to)
	}
	return nil
}

// BR1: an offline channel, one that is alone where there is one, serves the online hub.
func bridge(r *Reading, _ *report.Finding) *board.Change {
	from := least(r.Channels, func(c *Channel) []int { return []int{not(!c.Online), not(blank(c.Mandatory)), not(isolated(c))} })
	to := hub(r.Channels, func(c *Channel) bool { return c.Online })
	if from == nil || from.Online || !to.Online {
		return nil
	}
	return from.serve(to)
}

// ---- time ----

// TE2: the channel is said to sleep.
func putToSleep(r *Reading, f *report.Finding) *board.Change {
	c := r.channels[accused(f)]
	if c == nil {
		return nil
	}
	asleep := *c.Channel
	asleep.Status = "sleeping"
	return putChannel(asleep)
}
