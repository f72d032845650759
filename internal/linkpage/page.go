package linkpage

import (
	_ "embed" // the page
	"fmt"

	"lvyue/internal/htmlpage"
	"lvyue/internal/paging"
	"lvyue/internal/refusal"
)

//go:embed page.html
var template string

var document = htmlpage.Page{Name: "a page of a link", Document: template} //nolint:gochecknoglobals // it never changes

// view is what one page shows. Button is empty where there is nothing to press.
type view struct {
	Title, Button refusal.Text
	Facts         []fact
}

type fact struct {
	Name  refusal.Text
	Value string
}

func asking(l paging.Link) view {
	deed, button := deedOf(l.Act)
	return view{Title: deed, Button: button, Facts: facts(l)}
}

func saying(l paging.Link, said refusal.Text) view { return view{Title: said, Facts: facts(l)} }

func refusing(why refusal.Text) view { return view{Title: why} }

// deedOf is what a press does, and the word on the button.
func deedOf(act string) (deed, button refusal.Text) {
	if act == paging.Acknowledge {
		return refusal.Text{ZH: "按下按钮，即表示您响应此故障并开始处理。", EN: "Pressing the button says that you take this fault."},
			refusal.Text{ZH: "响应", EN: "Acknowledge"}
	}
	return refusal.Text{ZH: "执行操作：" + act, EN: "Do: " + act}, refusal.Text{ZH: "确认", EN: "Confirm"}
}

func facts(l paging.Link) []fact {
	return []fact{
		{refusal.Text{ZH: "合同", EN: "contract"}, l.Contract},
		{refusal.Text{ZH: "故障", EN: "fault"}, fmt.Sprintf("F-%04d", l.Fault)},
		{refusal.Text{ZH: "操作人", EN: "as"}, l.Person},
	}
}
