// Package board holds the board document, format unisson/1: everything an organisation says and intends.
//
// A board is a value. Entities are reached through pointers so that a caller can tell by identity what an edit left
// alone; nobody writes to an entity once it is part of a board.
package board

// Format is the value of a document's "format" field.
const Format = "unisson/1"

// Limits of a document. A reader refuses what passes them, before it allocates for it.
const (
	MaxBytes    = 64 << 20 // size of a document
	MaxDepth    = 32       // nesting of objects and lists
	MaxID       = 64       // code points of an id or a reference
	MaxBoardID  = 128      // code points of the board's own id
	MaxEntities = 200_000  // entities of one list
)

// Tri is a boolean that may not have been said.
type Tri int8

const (
	Unsaid Tri = iota
	No
	Yes
)

// True reports whether the answer is yes; unsaid is not yes.
func (t Tri) True() bool { return t == Yes }

// Number is a number that may not have been said.
type Number struct {
	Said  bool
	Value float64
}

// Pair is a member of an open object such as objectives[].poles, in the order of the document.
type Pair struct{ Key, Value string }

// NumberPair is a member of settings.weights.
type NumberPair struct {
	Key   string
	Value float64
}

// Member is a field the schema does not name, kept as it was written.
type Member struct {
	Key string
	Raw []byte // JSON
}

// Extra is what an object holds beside the fields of the schema.
type Extra []Member

// Board is one document. A nil list was never asked about; an empty one is an answer: none.
type Board struct {
	ID         string
	Title      string
	Lang       string // "fr", "en" or ""
	AsOf       string // the day the board is judged at
	Identity   *Identity
	Pillars    []*Pillar
	Segments   []*Segment
	Objectives []*Objective
	KPIs       []*KPI
	Channels   []*Channel
	Actions    []*Action
	Messages   []*Message
	Samples    []*Sample
	Facts      []*Fact
	Decisions  []*Decision
	Rounds     []*Round
	Dismissals []*Dismissal
	Settings   *Settings
	Extra      Extra
}

type Identity struct {
	Name        string
	Sentence    string
	Promise     string
	Values      []string
	Facets      *Facets // nil: the module is closed
	Terms       []*Term
	Voice       *Voice
	Protected   []*Protected
	SectorTerms []string
	MultiEntity Tri
	PurePlayer  string
	Solo        Tri
	Extra       Extra
}

// Facets are the six faces of Kapferer's identity prism.
type Facets struct {
	Physique, Personality, Culture, Relationship, Reflection, SelfImage string
	Extra                                                               Extra
}

// Term is a word or phrase that matters, with the forms that count as it.
type Term struct {
	Term     string
	Synonyms []string
	Extra    Extra
}

type Voice struct {
	Address  string // "tu", "vous", "none" or ""
	Person   string // "nous", "on", "je", "we", "i", "none" or ""
	Wanted   []string
	Unwanted []string
	Extra    Extra
}

// Protected is a name, tagline or offer with one right form.
type Protected struct {
	Term     string
	Variants []string
	Extra    Extra
}

type Pillar struct {
	ID    string
	Name  string
	Terms []*Term
	Extra Extra
}

type Segment struct {
	ID        string
	Name      string
	Needs     []*Need
	Address   string // "tu", "vous", "none" or ""
	YoungTone Tri
	Status    string // "now", "later" or ""
	Extra     Extra
}

type Need struct {
	ID         string
	Text       string
	OutOfScope string
	Extra      Extra
}

type Objective struct {
	ID         string
	Title      string
	Parent     string
	Segment    string
	Horizon    string
	NotBefore  string
	Kind       string
	Poles      []Pair
	Status     string // "active", "planned", "done", "dropped" or "" (active)
	PilotUntil string
	Proof      string
	Extra      Extra
}

type KPI struct {
	ID        string
	Name      string
	Class     string
	Objective string
	Channel   string
	Extra     Extra
}

type Channel struct {
	ID             string
	Name           string
	Kind           string
	Online         Tri // unsaid: by kind, see IsOnline
	URL            string
	Domains        []string
	Lang           string
	Bio            string
	Segments       []string
	Reason         string
	Objectives     []string
	Answers        []string
	Owner          string
	Effort         Number
	CadenceDays    Number
	Status         string // "active", "sleeping", "closed" or "" (active)
	Mandatory      string
	ClickableLinks Tri
	Relationship   string
	Strategy       *Strategy
	Serves         []*Serve // nil: never asked
	Extra          Extra
}

// Strategy is a strategy or an agency brief of the channel's own.
type Strategy struct {
	Title          string
	CitesCommon    Tri
	SetsObjectives Tri
	Agency         string
	Extra          Extra
}

// Serve is one edge of the graph of who serves whom.
type Serve struct {
	Channel string
	How     string
	Terms   []*Term
	Extra   Extra
}

type Action struct {
	ID           string
	Title        string
	Channels     []string
	Objective    string
	Date         string
	Trigger      string
	Exempt       string
	Offline      Tri
	Confidential Tri
	Names        []string
	Extra        Extra
}

type Message struct {
	ID      string
	Channel string
	Date    string
	Text    string
	Links   []string
	Landing string
	Action  string
	Pillar  string
	Lang    string
	Extra   Extra
}

// Sample says what the messages of a channel cover.
type Sample struct {
	Channel  string
	From, To string
	Complete Tri
	Extra    Extra
}

type Fact struct {
	Key      string
	Subject  string
	Value    string
	Channel  string
	From, To string
	Extra    Extra
}

// Decision is what makes a change deliberate.
type Decision struct {
	ID       string
	Date     string
	Text     string
	Channels []string
	Extra    Extra
}

type Round struct {
	ID       string
	Question string
	Answers  []string
	Extra    Extra
}

// Dismissal silences one finding, by its key, with a reason.
type Dismissal struct {
	Finding string
	Reason  string
	Date    string
	Extra   Extra
}

type Settings struct {
	Rules    []Pair // rule id -> "on" or "off"
	Weights  []NumberPair
	Newsroom Tri
	Lexicon  *Lexicon
	Extra    Extra
}

// Lexicon is what the board adds to the lists of words the checker reads texts with, and the terms it silences in them.
type Lexicon struct {
	Add     *LexiconTerms
	Silence []string
	Extra   Extra
}

type LexiconTerms struct {
	Slang  []string // familiar here
	Bait   []string // posted for the reaction alone
	Cliche []string // any competitor could say it
	Extra  Extra
}
