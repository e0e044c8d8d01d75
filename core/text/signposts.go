package text

import (
	"sync"
	"unicode/utf8"
)

// signposts are the pictures that stand before a date, a place, a number, a file or a step as its label does: they say where to look, not how
// one feels. The clock faces, of which there are many, are told by their range.
const signposts = `📅📆🗓⏰⏱⌚⌛⏳📍📌🗺🧭☎📞📱📲📠✉📧📩📨📬📪📫📭🌐🔗💻🖥🖨✅☑✔❎✖❌⚠ℹ🚫⛔🚧🆕🆓📢📣📝📄📃📑📋📎📖📰🗞📁📂🗂📊📈📉🔍🔎🎟🎫🗳💶💷💵💳🏷🅿♿🚌🚆🚇🚊🚉🔹🔸🔷🔶🔵🔴🟢🟠🟡🟣⚫⚪▪▫◾◽🔺🔻★⭐👉👇☞➡⬇⬆⬅↗↘⤵▶🔽🔼`

// Signpost tells whether an emoji is a label rather than an expression.
func Signpost(emoji string) bool {
	first, _ := utf8.DecodeRuneInString(emoji)
	return first < 0x80 || // a keycap: 1️⃣
		0x1F550 <= first && first <= 0x1F567 ||
		allSignposts()[first]
}

var allSignposts = sync.OnceValue(func() map[rune]bool {
	all := map[rune]bool{}
	for _, r := range signposts {
		all[r] = true
	}
	return all
})
