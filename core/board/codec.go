package board

// Limit bounds a string. Lengths count code points; 0 means no bound.
type Limit struct {
	Required bool
	Min, Max int
}

// Codec meets the fields of one object of a document, in the order of the schema. A reader fills them, a writer emits
// them: the fields of every entity are written down once, here, for JSON, CBOR and the test that holds them to the schema.
//
// A reader keeps its own error; the methods return none so that the lists below stay readable.
type Codec interface {
	Const(key, value string)                                         // a required string with one right value
	String(key string, p *string, l Limit)                           // absent = ""
	Enum(key string, p *string, allowed []string, required bool)     // absent = ""
	Strings(key string, p *[]string, l Limit)                        // absent = nil; Required is about the list, Min and Max about each item
	Bool(key string, p *Tri)                                         // absent = Unsaid
	Number(key string, p *Number, min float64)                       // absent = not Said
	Pairs(key string, p *[]Pair, allowed []string)                   // an open object of strings; allowed nil = any value
	Numbers(key string, p *[]NumberPair)                             // an open object of numbers
	Object(key string, present bool, open func() Fielder)            // read: open is called when the key is there; write: when present
	List(key string, n int, set func(n int), at func(i int) Fielder) // n < 0: absent. read: set(n) first, then at(0…n-1)
	Extra(p *Extra)                                                  // last: what the schema does not name
}

// Fielder is an object of a document.
type Fielder interface{ Fields(Codec) }

func object[T any, P interface {
	*T
	Fielder
}](c Codec, key string, p **T) {
	c.Object(key, *p != nil, func() Fielder {
		if *p == nil {
			*p = new(T)
		}
		return P(*p)
	})
}

func list[T any, P interface {
	*T
	Fielder
}](c Codec, key string, p *[]*T) {
	n := len(*p)
	if *p == nil {
		n = -1
	}
	c.List(key, n,
		func(n int) { *p = make([]*T, n) },
		func(i int) Fielder {
			if (*p)[i] == nil { // reading: an entity is made when its turn comes, never n of them on the word of a header
				(*p)[i] = new(T)
			}
			return P((*p)[i])
		})
}

var (
	free     = Limit{}
	required = Limit{Required: true}
	id       = Limit{Required: true, Min: 1, Max: MaxID}
	needRef  = Limit{Required: true, Max: MaxID}
	ref      = Limit{Max: MaxID}
)

// The values the schema allows.
var (
	Langs           = []string{"fr", "en"}
	Addresses       = []string{"tu", "vous", "none"}
	Persons         = []string{"nous", "on", "je", "we", "i", "none"}
	SegmentStates   = []string{"now", "later"}
	ObjectiveKinds  = []string{"awareness", "relationship", "conversion", "service", "search", "internal", "other"}
	ObjectiveStates = []string{"active", "planned", "done", "dropped"}
	KPIClasses      = []string{"vanity", "behaviour", "outcome", "technical"}
	ChannelKinds    = []string{"site", "blog", "search", "newsletter", "email", "linkedin", "x", "facebook", "instagram", "tiktok", "youtube", "mastodon", "bluesky",
		"podcast", "messaging", "app", "press", "event", "print", "outdoor", "store", "phone", "packaging", "staff", "other"}
	ChannelStates = []string{"active", "sleeping", "closed"}
	ServeHows     = []string{"traffic", "search", "event", "reuse", "recruitment", "service", "proof", "other"}
	Triggers      = []string{"planned", "reactive", "trend", "crisis", "service", "legal", "recruitment"}
	OnOff         = []string{"on", "off"}
)

func (b *Board) Fields(c Codec) {
	c.Const("format", Format)
	c.String("id", &b.ID, Limit{Max: MaxBoardID})
	c.String("title", &b.Title, free)
	c.Enum("lang", &b.Lang, Langs, false)
	c.String("asOf", &b.AsOf, free)
	object(c, "identity", &b.Identity)
	list(c, "pillars", &b.Pillars)
	list(c, "segments", &b.Segments)
	list(c, "objectives", &b.Objectives)
	list(c, "kpis", &b.KPIs)
	list(c, "channels", &b.Channels)
	list(c, "actions", &b.Actions)
	list(c, "messages", &b.Messages)
	list(c, "samples", &b.Samples)
	list(c, "facts", &b.Facts)
	list(c, "decisions", &b.Decisions)
	list(c, "rounds", &b.Rounds)
	list(c, "dismissals", &b.Dismissals)
	object(c, "settings", &b.Settings)
	c.Extra(&b.Extra)
}

func (x *Identity) Fields(c Codec) {
	c.String("name", &x.Name, free)
	c.String("sentence", &x.Sentence, free)
	c.String("promise", &x.Promise, free)
	c.Strings("values", &x.Values, free)
	object(c, "facets", &x.Facets)
	list(c, "terms", &x.Terms)
	object(c, "voice", &x.Voice)
	list(c, "protected", &x.Protected)
	c.Strings("sectorTerms", &x.SectorTerms, free)
	c.Bool("multiEntity", &x.MultiEntity)
	c.String("purePlayer", &x.PurePlayer, free)
	c.Bool("solo", &x.Solo)
	c.Extra(&x.Extra)
}

func (x *Facets) Fields(c Codec) {
	c.String("physique", &x.Physique, free)
	c.String("personality", &x.Personality, free)
	c.String("culture", &x.Culture, free)
	c.String("relationship", &x.Relationship, free)
	c.String("reflection", &x.Reflection, free)
	c.String("selfImage", &x.SelfImage, free)
	c.Extra(&x.Extra)
}

func (x *Term) Fields(c Codec) {
	c.String("term", &x.Term, required)
	c.Strings("synonyms", &x.Synonyms, free)
	c.Extra(&x.Extra)
}

func (x *Voice) Fields(c Codec) {
	c.Enum("address", &x.Address, Addresses, false)
	c.Enum("person", &x.Person, Persons, false)
	c.Strings("wanted", &x.Wanted, free)
	c.Strings("unwanted", &x.Unwanted, free)
	c.Extra(&x.Extra)
}

func (x *Protected) Fields(c Codec) {
	c.String("term", &x.Term, required)
	c.Strings("variants", &x.Variants, free)
	c.Extra(&x.Extra)
}

func (x *Pillar) Fields(c Codec) {
	c.String("id", &x.ID, id)
	c.String("name", &x.Name, required)
	list(c, "terms", &x.Terms)
	c.Extra(&x.Extra)
}

func (x *Segment) Fields(c Codec) {
	c.String("id", &x.ID, id)
	c.String("name", &x.Name, required)
	list(c, "needs", &x.Needs)
	c.Enum("address", &x.Address, Addresses, false)
	c.Bool("youngTone", &x.YoungTone)
	c.Enum("status", &x.Status, SegmentStates, false)
	c.Extra(&x.Extra)
}

func (x *Need) Fields(c Codec) {
	c.String("id", &x.ID, id)
	c.String("text", &x.Text, required)
	c.String("outOfScope", &x.OutOfScope, free)
	c.Extra(&x.Extra)
}

func (x *Objective) Fields(c Codec) {
	c.String("id", &x.ID, id)
	c.String("title", &x.Title, required)
	c.String("parent", &x.Parent, ref)
	c.String("segment", &x.Segment, ref)
	c.String("horizon", &x.Horizon, free)
	c.String("notBefore", &x.NotBefore, free)
	c.Enum("kind", &x.Kind, ObjectiveKinds, false)
	c.Pairs("poles", &x.Poles, nil)
	c.Enum("status", &x.Status, ObjectiveStates, false)
	c.String("pilotUntil", &x.PilotUntil, free)
	c.String("proof", &x.Proof, free)
	c.Extra(&x.Extra)
}

func (x *KPI) Fields(c Codec) {
	c.String("id", &x.ID, id)
	c.String("name", &x.Name, required)
	c.Enum("class", &x.Class, KPIClasses, false)
	c.String("objective", &x.Objective, ref)
	c.String("channel", &x.Channel, ref)
	c.Extra(&x.Extra)
}

func (x *Channel) Fields(c Codec) {
	c.String("id", &x.ID, id)
	c.String("name", &x.Name, required)
	c.Enum("kind", &x.Kind, ChannelKinds, true)
	c.Bool("online", &x.Online)
	c.String("url", &x.URL, free)
	c.Strings("domains", &x.Domains, free)
	c.Enum("lang", &x.Lang, Langs, false)
	c.String("bio", &x.Bio, free)
	c.Strings("segments", &x.Segments, ref)
	c.String("reason", &x.Reason, free)
	c.Strings("objectives", &x.Objectives, ref)
	c.Strings("answers", &x.Answers, ref)
	c.String("owner", &x.Owner, free)
	c.Number("effort", &x.Effort, 0)
	c.Number("cadenceDays", &x.CadenceDays, 0)
	c.Enum("status", &x.Status, ChannelStates, false)
	c.String("mandatory", &x.Mandatory, free)
	c.Bool("clickableLinks", &x.ClickableLinks)
	c.String("relationship", &x.Relationship, free)
	object(c, "strategy", &x.Strategy)
	list(c, "serves", &x.Serves)
	c.Extra(&x.Extra)
}

func (x *Strategy) Fields(c Codec) {
	c.String("title", &x.Title, free)
	c.Bool("citesCommon", &x.CitesCommon)
	c.Bool("setsObjectives", &x.SetsObjectives)
	c.String("agency", &x.Agency, free)
	c.Extra(&x.Extra)
}

func (x *Serve) Fields(c Codec) {
	c.String("channel", &x.Channel, needRef)
	c.Enum("how", &x.How, ServeHows, false)
	list(c, "terms", &x.Terms)
	c.Extra(&x.Extra)
}

func (x *Action) Fields(c Codec) {
	c.String("id", &x.ID, id)
	c.String("title", &x.Title, required)
	c.Strings("channels", &x.Channels, ref)
	c.String("objective", &x.Objective, ref)
	c.String("date", &x.Date, free)
	c.Enum("trigger", &x.Trigger, Triggers, false)
	c.String("exempt", &x.Exempt, free)
	c.Bool("offline", &x.Offline)
	c.Bool("confidential", &x.Confidential)
	c.Strings("names", &x.Names, free)
	c.Extra(&x.Extra)
}

func (x *Message) Fields(c Codec) {
	c.String("id", &x.ID, id)
	c.String("channel", &x.Channel, needRef)
	c.String("date", &x.Date, free)
	c.String("text", &x.Text, required)
	c.Strings("links", &x.Links, free)
	c.String("landing", &x.Landing, free)
	c.String("action", &x.Action, ref)
	c.String("pillar", &x.Pillar, ref)
	c.Enum("lang", &x.Lang, Langs, false)
	c.Extra(&x.Extra)
}

func (x *Sample) Fields(c Codec) {
	c.String("channel", &x.Channel, needRef)
	c.String("from", &x.From, free)
	c.String("to", &x.To, free)
	c.Bool("complete", &x.Complete)
	c.Extra(&x.Extra)
}

func (x *Fact) Fields(c Codec) {
	c.String("key", &x.Key, required)
	c.String("subject", &x.Subject, free)
	c.String("value", &x.Value, required)
	c.String("channel", &x.Channel, needRef)
	c.String("from", &x.From, free)
	c.String("to", &x.To, free)
	c.Extra(&x.Extra)
}

func (x *Decision) Fields(c Codec) {
	c.String("id", &x.ID, id)
	c.String("date", &x.Date, required)
	c.String("text", &x.Text, required)
	c.Strings("channels", &x.Channels, ref)
	c.Extra(&x.Extra)
}

func (x *Round) Fields(c Codec) {
	c.String("id", &x.ID, id)
	c.String("question", &x.Question, free)
	c.Strings("answers", &x.Answers, required)
	c.Extra(&x.Extra)
}

func (x *Dismissal) Fields(c Codec) {
	c.String("finding", &x.Finding, required)
	c.String("reason", &x.Reason, required)
	c.String("date", &x.Date, free)
	c.Extra(&x.Extra)
}

func (x *Settings) Fields(c Codec) {
	c.Pairs("rules", &x.Rules, OnOff)
	c.Numbers("weights", &x.Weights)
	c.Bool("newsroom", &x.Newsroom)
	object(c, "lexicon", &x.Lexicon)
	c.Extra(&x.Extra)
}

func (x *Lexicon) Fields(c Codec) {
	object(c, "add", &x.Add)
	c.Strings("silence", &x.Silence, free)
	c.Extra(&x.Extra)
}

func (x *LexiconTerms) Fields(c Codec) {
	c.Strings("slang", &x.Slang, free)
	c.Strings("bait", &x.Bait, free)
	c.Strings("cliche", &x.Cliche, free)
	c.Extra(&x.Extra)
}
