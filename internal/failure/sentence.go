package failure

import "lvyue/internal/refusal"

// Sentence is what an operator reads of an error: the plain sentence in the language, and the cause behind it.
func Sentence(err error, lang string) string {
	text := err.Error()
	if r, is := refusal.As(err); is {
		text = r.Sentence(lang)
	}
	if f, is := As(err); is {
		text = f.In(lang)
		if f.Cause != nil {
			text += " (" + f.Cause.Error() + ")"
		}
	}
	return text
}
