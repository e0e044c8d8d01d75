// Package report holds what a check found, without a sentence: ids, places, arguments and numbers. Package texts turns
// it into sentences. Its JSON is the same, byte for byte, wherever it is written.
package report

import "unisson/core/board"

// Format is the value of a report's "format" field.
const Format = "unisson-report/1"

// State is where a rule stands.
type State uint8

const (
	Evaluated State = iota
	Insufficient
	NotApplicable
	Dismissed
)

var stateNames = [...]string{"evaluated", "insufficient", "notApplicable", "dismissed"}

func (s State) String() string { return stateNames[s] }

// Severity orders findings and weighs rules.
type Severity uint8

const (
	Minor Severity = iota
	Major
	Critical
)

var severityNames = [...]string{"minor", "major", "critical"}

func (s Severity) String() string { return severityNames[s] }

// Place is where a finding can be seen: a field of an entity, or a span of a message's text.
// Start and End are code points of the field's text; End = 0 means the whole of it.
type Place struct {
	Entity     string // id, or "identity" or "settings"; "" when Message is set
	Message    string
	Field      string // "" = the entity itself, or the message's text
	Start, End int
}

// Arg is one argument of a finding's sentence: a string, a number or a list of strings.
type Arg struct {
	Key   string
	Value any // string, float64 (rounded by the writer to 4 decimals) or []string
}

// Finding is one object a rule accuses.
type Finding struct {
	Key       string // stable: the rule and the object, never a position in a list
	Rule      string
	Severity  Severity
	Places    []Place
	Args      []Arg
	Dismissed bool
	About     Ref // whose repair mends it; groups findings into causes, not written
}

// Ref names what a cause is about. Kind is "channel", "objective", "segment", "action", "identity" or "board"; ID is ""
// for the last two.
type Ref struct{ Kind, ID string }

// RuleState says where one rule stands and what its health is made of.
type RuleState struct {
	ID        string
	Dim       string // dimension it belongs to
	State     State
	Severity  Severity // of the rule, which weighs it
	Required  bool     // counts even when insufficient
	Objects   int      // applicable, dismissed ones left out
	Failing   int
	Unknown   int // objects that cannot be judged yet
	Dismissed int
	Missing   []Missing
	Notes     []Note
}

// Note is something worth saying that accuses nobody: the id of a text of the rule, with its places and arguments.
type Note struct {
	What   string
	Places []Place
	Args   []Arg
}

// Missing is one thing that would let a rule run: an id of the texts, with its arguments.
type Missing struct {
	What string
	Args []Arg
}

// Cause groups the findings one repair would mend.
type Cause struct {
	About    Ref
	Findings []int   // into Report.Findings, worst first
	Gain     float64 // points on proven if they were all repaired
}

// Dimension is one of the seven sides of coherence. Numbers are 0…1.
type Dimension struct {
	ID       string
	Weight   float64 // share of the whole, 0…100
	Counted  bool    // false: no rule of it counts, it is left out
	Proven   float64
	Possible float64
}

// Score is the editorial coherence index. Numbers are 0…100, Coverage 0…1.
type Score struct {
	Shown            bool    // false: not enough to show any number
	Why              string  // "coverage", "channels", "identity" when not shown
	Proven, Possible float64 // rounded to 5
	Single           float64 // rounded to 5; meaningful when One
	One              bool
	Coverage         float64
	Evaluated        int
	Insufficient     int
	Dismissals       int
	Dimensions       []Dimension
}

// Alignment compares being, presenting and acting in pairs: how far the texts of a channel speak of what the identity says, how far its
// bio does, and how far its texts speak of what its bio says. Numbers are 0…1 and are ranked.
type Alignment struct {
	Channel       string
	Identity      float64 // being and acting
	HasBio        bool
	Bio, Promised float64 // being and presenting, presenting and acting; meaningful with a bio
}

// Contradiction is two statements about one thing by two channels, of which one at most can be so.
type Contradiction struct {
	Kind  string // "price", "phone", "hours", "date", "tagline" or "offer"
	About string // what it is said of, as written; "" for the organisation itself
	Said  [2]Statement
}

type Statement struct {
	Channel string
	Value   string // as written
	Place   Place
}

// Voice is how far the channels' texts belong together. Numbers are 0…1, intervals 95 % bootstraps over messages.
type Voice struct {
	Known     bool    // false: there was nothing to compare, Coherence means nothing
	Coherence float64 // of the weakest channel
	Low, High float64
	Channels  []Standing
}

// Standing is how far one channel's texts belong with the rest.
type Standing struct {
	ID        string
	Belonging float64
	Low, High float64
	Messages  int
	State     string // "evaluated", "indicative" or "insufficient"
	Marks     []Mark // of a channel that is accused
}

// Mark is a term a channel uses beyond what the others do. Rates are occurrences a word; G2 is Dunning's log-likelihood
// ratio, LogRatio the binary logarithm of the two rates.
type Mark struct {
	Term            string
	Rate, Elsewhere float64
	G2, LogRatio    float64
	Places          []Place
}

// Timeline is how the voice of one channel changed.
type Timeline struct {
	Channel  string
	Changes  []Change
	Strength float64 // of the strongest change, or of the likeliest place where none is listed
}

// Change is a day the voice of a channel changed.
type Change struct {
	Before      string // id of the first message of the new voice
	Strength    float64
	Seasonal    bool
	ExplainedBy string // id of a decision, or ""
}

// Pair is two messages that are one, posted twice.
type Pair struct {
	A, B       string
	Similarity float64
}

// Round is what the answers to one question have in common. Agreement is 0…1, the mean Jaccard index of their stems two by two.
type Round struct {
	ID        string
	Answers   int  // not blank
	Known     bool // false: too few answers to compare, Agreement means nothing
	Agreement float64
	Words     []RoundWord // the most shared first
}

// RoundWord is a word of the answers, a synonym of a signature term standing as its term, and how many answers hold it.
type RoundWord struct {
	Word    string
	Answers int
}

// Chimera is how many bodies the channels form. The index is 100 × (1 − Σ effort share²): one body gives 0. Low holds if
// every pair that cannot be judged yet bonds, High if none does.
type Chimera struct {
	Low, High float64
	Bodies    [][]string // ids of channels; pairs that cannot be judged do not bond
}

// Span is one mark of a message, in code points.
type Span struct {
	Kind       string
	Start, End int
}

// Evidence is what the reading of one message found.
type Evidence struct {
	ID        string
	Lang      string
	Address   string
	Formality float64
	Bait      float64
	Spans     []Span
}

// Report is the answer to a check.
type Report struct {
	Draft          bool // the statistics over all texts are those of a moment ago
	Board          string
	Score          Score
	Rules          []RuleState
	Causes         []Cause // best repair first
	Next           []Next  // what to do next, the best first; nil unless asked for
	Findings       []Finding
	Known          int           // open findings left out because an earlier report has them, see Since
	File           []board.Fault // wrong references and dates of the file itself
	Alignment      []Alignment
	Contradictions []Contradiction
	Voice          *Voice
	Chimera        *Chimera // nil: nothing to compare
	Timeline       []Timeline
	Duplicates     []Pair
	Rounds         []Round
	Messages       []Evidence // nil unless asked for
}
