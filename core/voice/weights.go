package voice

// blend turns the signs between two channels into log-odds of one organisation.
type blend struct {
	bias  float64
	view  [views]float64
	style float64
	genre float64 // style that the genre may explain
}

// The weights were learnt by `go run ./core/voice/learn` (which says how) from labelled channels of fourteen organisations in two languages, every text
// once as it stands and once without its names, tags, links and numbers. Those learnt from one language alone do nearly as well on the other.
//
// Between channels of two kinds stems count: style and spelling change with the genre, shared vocabulary holds. Of style there counts, as within a
// kind, what exceeds the most that the posts, documents and events of one organisation differed by in 2,600 comparisons.
var (
	inKind = blend{bias: 2.47, view: [views]float64{stems: 6.21, chars: .30}, style: 1.26}
	across = blend{bias: 3.81, view: [views]float64{stems: 4.16}, style: 1.26, genre: 2.7}
)

// floors are similarities too small to tell from none: they keep the ratio of two of them from saying much. Results hardly depend on them.
var floors = [views]float64{stems: .002, chars: .03}

const (
	styleFloor = .01 // variance below which a measure of style counts as constant
	styleDrift = .5  // effect size, in variances, well above what one account shows between its own periods: only what exceeds it counts
	styleNoise = 3   // and the same for sampling: this many times the sum of 1/messages of both

	// limit is the belonging the whole interval has to stay below before a channel is accused. At this one, about one board in thirty of a single
	// organisation at most was accused of something, in every language and size that was measured.
	limit = .575

	// alone is the limit where a channel is measured by one other: one comparison wavers more than the middle of several, and its interval is wider.
	// Channels of one organisation, of one kind or of two, are no oftener accused by it.
	alone = .625

	// doubt is how high an interval may reach where all the others are surely above it: it finds a tenth more of the strangers on small boards, and
	// on one board of a single organisation in a thousand it accuses one more.
	doubt = .8
)
