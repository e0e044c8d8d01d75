package rules

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"unisson/core/board"
	"unisson/core/report"
	"unisson/core/text"
)

const shownUnwanted = 6

var _ = register(Rule{
	ID: "VO5", Dim: "voice", Severity: report.Minor, Article: "A9",
	TextsAlone: true,
	Check: func(r *Reading, o *Out) {
		forms := r.wrongForms()
		if len(forms) == 0 {
			o.Missing("protected")
			return
		}
		if len(r.Channels) < 2 {
			o.Missing("channels", arg("have", len(r.Channels)), arg("need", 2))
			return
		}
		key := "wrong forms"
		for i := range forms {
			key += "\x00" + forms[i].key()
		}
		for _, c := range r.Channels {
			if len(c.Posts) == 0 && c.BioText == nil {
				continue
			}
			said := about(c, key, func(posts []*Post) [][]report.Place { return wrongIn(posts, forms) })
			f := report.Finding{Severity: report.Minor, About: channelRef(c)}
			found := map[string]bool{}
			for i := range forms {
				w := &forms[i]
				if c.BioText != nil {
					for _, at := range w.in(c.Bio, c.BioText) {
						f.Places = append(f.Places, field(c.ID, "bio", c.Bio, at[0], at[1]))
						found[w.form] = true
					}
				}
				f.Places = append(f.Places, said[i]...)
				found[w.form] = found[w.form] || len(said[i]) > 0
			}
			if len(f.Places) == 0 {
				o.Pass(c.ID)
				continue
			}
			form, right, unwanted := "", "", []string{}
			for i := range forms {
				w := &forms[i]
				switch {
				case !found[w.form]:
				case w.right == "":
					unwanted = append(unwanted, w.form)
				case form == "":
					form, right = w.form, w.right
				}
			}
			kind := "variant"
			switch {
			case form == "":
				kind = "unwanted"
			case len(unwanted) > 0:
				kind = "both"
			}
			f.Args = []report.Arg{arg("channel", c.ID), arg("form", form), arg("right", right), arg("unwanted", unwanted[:min(shownUnwanted, len(unwanted))]), arg("kind", kind), arg("places", len(f.Places))}
			f.Places = append([]report.Place{entity(c.ID)}, f.Places...)
			o.Fail(c.ID, f)
		}
		if o.passing+o.failing+o.put == 0 {
			o.Missing("postsInAll", arg("have", 0), arg("need", 1))
		}
	},
})

// wrongForm is a form that must not be used: a variant of a protected term, or a word the house never says.
type wrongForm struct {
	form    string
	right   string // the protected term; "" for an unwanted word
	exact   bool   // it differs from the right form by case or accents alone
	folded  string
	renamed bool // a decision says since when the right form is the right one
	since   int32
	stems   [languages][]string // of the form
	all     string              // unwanted words, folded: "|hero|heroes|"
}

func (w *wrongForm) key() string {
	key := w.form + "\x01" + w.right
	if w.renamed {
		key += "\x01" + strconv.Itoa(int(w.since))
	}
	return key
}

// wrongIn gives the places of each form in some posts. A repost is somebody else's words.
func wrongIn(posts []*Post, forms []wrongForm) [][]report.Place {
	out := make([][]report.Place, len(forms))
	for _, p := range posts {
		if strings.HasPrefix(p.Text, "RT @") {
			continue
		}
		day, dated := board.ParseDay(p.Date)
		plain := text.Fold(p.Text)
		for i := range forms {
			w := &forms[i]
			if dated && w.renamed && day < w.since {
				continue
			}
			if head, _, _ := strings.Cut(w.folded, " "); w.right != "" && !strings.Contains(plain, head) {
				continue // most texts do not hold even the form's first word
			}
			for _, at := range w.in(p.Text, p.F) {
				out[i] = append(out[i], quote(p, at[0], at[1]))
			}
		}
	}
	return out
}

func (r *Reading) wrongForms() []wrongForm {
	if r.Identity == nil {
		return nil
	}
	var out []wrongForm
	for _, p := range r.Identity.Protected {
		for _, v := range p.Variants {
			if blank(v) || blank(p.Term) || v == p.Term {
				continue
			}
			if slices.ContainsFunc(out, func(w wrongForm) bool { return !w.exact && w.right == p.Term && w.folded == folded(v) }) {
				continue // two spellings that are found alike are one
			}
			w := wrongForm{form: strings.Join(strings.Fields(v), " "), right: p.Term, folded: folded(v), exact: folded(v) == folded(p.Term)}
			for _, d := range r.Decisions {
				day, dated := board.ParseDay(d.Date)
				both := strings.Contains(folded(d.Text), w.folded) && strings.Contains(folded(d.Text), folded(p.Term))
				if w.exact { // folded, one is the other
					both = strings.Contains(d.Text, v) && strings.Contains(d.Text, p.Term)
				}
				if dated && both && (!w.renamed || day < w.since) {
					w.renamed, w.since = true, day
				}
			}
			out = append(out, w)
		}
	}
	if v := r.Identity.Voice; v != nil {
		all := folded(strings.Join(v.Unwanted, "|"))
		for _, u := range v.Unwanted {
			if !blank(u) {
				out = append(out, wrongForm{form: u, folded: folded(u), all: "|" + all + "|"})
			}
		}
	}
	for i := range out {
		for l := range languages {
			out[i].stems[l] = text.Stems(out[i].form, text.Lang(l))
		}
	}
	return out
}

// in finds the form as whole words, outside tags, handles and URLs, and not inside the right form or an inflection of it.
func (w *wrongForm) in(s string, f *text.Features) (spans [][2]int32) {
	if w.right == "" {
		spans = w.said(s, f)
	}
	if w.right != "" || len(w.stems[f.Lang]) == 0 { // an emoji or a figure has no stem
		spans = foldedIn(w.folded, s)
	}
	if len(spans) == 0 {
		return nil
	}
	var right [][2]int32
	if w.right != "" {
		right = append(foldedIn(folded(w.right), s), stemsIn(text.Stems(w.right, f.Lang), f)...)
	}
	return slices.DeleteFunc(spans, func(at [2]int32) bool {
		start, end := at[0], at[1]
		return w.exact && strings.Join(strings.Fields(s[start:end]), " ") != w.form || w.everyday(s[start:end]) ||
			slices.ContainsFunc(f.Marks, func(m text.Mark) bool {
				return (m.Kind == text.Link || m.Kind == text.Hashtag || m.Kind == text.Mention) && m.Start < end && start < m.End
			}) ||
			slices.ContainsFunc(right, func(r [2]int32) bool { return r[0] <= start && end <= r[1] && end-start < r[1]-r[0] })
	})
}

// everyday: a name of several words with their capitals is no name where none is written (as the crow flies).
func (w *wrongForm) everyday(written string) bool {
	space := strings.LastIndexByte(w.form, ' ')
	first, _ := utf8.DecodeRuneInString(w.form)
	last, _ := utf8.DecodeRuneInString(w.form[space+1:])
	return w.right != "" && space > 0 && unicode.IsUpper(first) && unicode.IsUpper(last) && written == strings.ToLower(written)
}

// said finds an unwanted word or an inflection of it, but not the other words of its stem (custom for customer, foie for foi), nor what somebody
// else is quoted saying, nor the word as a part of another or of a name, nor where it is refused.
func (w *wrongForm) said(s string, f *text.Features) (spans [][2]int32) {
	stems := w.stems[f.Lang]
	for i := range f.Words {
		if len(stems) == 0 || f.Words[i].Stem != stems[0] || !follows(f.Words[i+1:], stems[1:]) {
			continue
		}
		words := f.Words[i : i+len(stems)]
		start, end := words[0].Start, words[len(words)-1].End
		if !slices.ContainsFunc(words, func(x text.Word) bool { return x.Quoted }) && text.Inflects(w.form, s[start:end], f.Lang) &&
			!w.isAnother(s[start:end]) && !compounded(s, f, i, len(stems)) && !(w.form == strings.ToLower(w.form) && named(s, f, i, len(stems))) && !refused(s, f, i) {
			spans = append(spans, [2]int32{start, end})
		}
	}
	return spans
}

// isAnother: of an unwanted singular and its plural, what is written is the one that is said.
func (w *wrongForm) isAnother(written string) bool {
	written = folded(written)
	return written != w.folded && strings.Contains(w.all, "|"+written+"|")
}

// compounded: a hyphen makes another word of it (brand-new, multi-user), unless a pronoun follows (impacte-t-il).
func compounded(s string, f *text.Features, i, n int) bool {
	if start := f.Words[i].Start; i > 0 && f.Words[i-1].End == start-1 && s[start-1] == '-' {
		return true
	}
	end := f.Words[i+n-1].End
	return i+n < len(f.Words) && f.Words[i+n].Start == end+1 && s[end] == '-' &&
		!listed(text.Fold(s[end+1:f.Words[i+n].End]), " t il elle on nous vous je tu le la les ci moi ")
}

// named: words with capitals, one of them inside its sentence or beside another name (Craft Beer Awards).
func named(s string, f *text.Features, i, n int) bool {
	written := s[f.Words[i].Start:f.Words[i+n-1].End]
	if written == strings.ToLower(written) || written == strings.ToUpper(written) {
		return false
	}
	if i+n < len(f.Words) && f.Words[i+n].Name || f.Words[i].Name && n == 1 {
		return true
	}
	if !f.Words[i].Name || f.Words[i-1].Stop {
		return false
	}
	before, _ := utf8.DecodeRuneInString(s[f.Words[i-1].Start:])
	return unicode.IsUpper(before)
}

// Words by which a house says that it does not say another.
const (
	farRefusal = 8 // words between them
	refusals   = " not never nor stop no don't dont can't cannot won't didn't doesn't pas jamais ni plus ne evitez bannissez bannir "
	naming     = " call calls called calling say says said saying term word words dire dis dit dites disons disent appeler appelez appelons appelle parlez parlons mot mots terme "
	barely     = " not nor never pas ni jamais " // where nothing but an article follows
	articles   = " a an the de des du un une la le les "
)

// refused: the sentence says not to say its word i (we never say “customer”), or says what the house has or is instead (neighbours, not
// customers).
func refused(s string, f *text.Features, i int) bool {
	refusal, named, near := false, false, true
	for k := i - 1; k >= max(0, i-farRefusal) && !strings.ContainsAny(s[f.Words[k].End:f.Words[k+1].Start], ".!?…\n"); k-- {
		word := text.Fold(s[f.Words[k].Start:f.Words[k].End])
		refusal = refusal || listed(word, refusals)
		named = named || listed(word, naming)
		if refusal && named || near && listed(word, barely) {
			return true
		}
		near = near && listed(word, articles)
	}
	return false
}

// stemsIn finds a term by its stems, contiguous and in order.
func stemsIn(stems []string, f *text.Features) (spans [][2]int32) {
	for i := range f.Words {
		if len(stems) > 0 && f.Words[i].Stem == stems[0] && follows(f.Words[i+1:], stems[1:]) {
			spans = append(spans, [2]int32{f.Words[i].Start, f.Words[i+len(stems)-1].End})
		}
	}
	return spans
}

// foldedIn finds a folded form standing alone in a text, digits and signs included. It folds rune by rune, so that the
// places are those of the text itself.
func foldedIn(form, s string) (spans [][2]int32) {
	before := ' '
	for i, r := range s {
		if !inWord(before) || !inWord(r) {
			if end, found := foldedAt(form, s[i:]); found {
				spans = append(spans, [2]int32{int32(i), int32(i + end)})
			}
		}
		before = r
	}
	return spans
}

// foldedAt reports whether s begins with the form, and where it ends there.
func foldedAt(form, s string) (end int, found bool) {
	var last rune
	for form != "" {
		r, n := utf8.DecodeRuneInString(s[end:])
		if n == 0 {
			return 0, false
		}
		if unicode.IsSpace(r) {
			if form[0] != ' ' || end == 0 {
				return 0, false
			}
			end += len(s[end:]) - len(strings.TrimLeftFunc(s[end:], unicode.IsSpace))
			form, last = form[1:], ' '
			continue
		}
		rest, ok := strings.CutPrefix(form, text.Fold(s[end:end+n]))
		if !ok {
			return 0, false
		}
		form, last, end = rest, r, end+n
	}
	next, _ := utf8.DecodeRuneInString(s[end:])
	return end, !inWord(last) || !inWord(next)
}
