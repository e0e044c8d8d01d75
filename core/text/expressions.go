package text

import "unicode/utf8"

// expressions are the pictures that say how one feels, from the first to the last of each run: faces, gestures, hearts, and what is let
// off for joy. All others show what is spoken of, or stand before it as its label does: a flag, a medal, the weather, a date, a dish, a
// dancer.
var expressions = [...][2]rune{
	{'☹', '☺'}, {'✊', '✌'}, {'✨', '✨'}, {'❣', '❤'},
	{'🎈', '🎊'}, {'👀', '👀'}, {'👊', '👐'}, {'👻', '👽'}, {'💀', '💀'}, {'💋', '💋'}, {'💓', '💟'}, {'💢', '💢'}, {'💥', '💦'}, {'💩', '💫'},
	{'💯', '💯'}, {'🔥', '🔥'}, {'🖕', '🖖'}, {'🖤', '🖤'}, {'😀', '🙏'}, {'🚀', '🚀'},
	{'🤌', '🤏'}, {'🤐', '🤯'}, {'🤷', '🤷'}, {'🥰', '🥺'}, {'🧐', '🧐'}, {'🧡', '🧡'}, {'🩵', '🩷'}, {'🫠', '🫩'}, {'🫰', '🫸'},
}

// Expresses tells whether an emoji is an expression rather than a label.
func Expresses(emoji string) bool {
	first, _ := utf8.DecodeRuneInString(emoji)
	for _, run := range expressions {
		if run[0] <= first && first <= run[1] {
			return true
		}
	}
	return false
}
