package oncall

import (
	"fmt"
	"slices"

	"lvyue/internal/message"
)

// longestWait is how far apart two steps of the ladder may be, in minutes: a day.
const longestWait = 24 * 60

// checkLadder wants rungs that rise from 0, none of which says something untrue of the hour of §3.11, and at least one that
// somebody could answer.
func (r Rota) checkLadder(w *wrong) {
	l := r.Ladder
	if !w.unless(len(l.Rungs) > 0, "ladder.rungs", "至少要有一级", "needs at least one rung") {
		return
	}
	reaches, before, names := false, -1, []string{}
	for i, rung := range l.Rungs {
		path := fmt.Sprintf("ladder.rungs[%d]", i)
		checkMinutes(w, path, i, rung, before)
		checkKind(w, path, i, rung)
		w.unless(!slices.Contains(names, rung.Name), path+".name", rung.Name+" 列了两次", rung.Name+" is listed twice")
		r.checkTargets(w, path, rung.Call)
		before, names = rung.AfterMinutes, append(names, rung.Name)
		reaches = reaches || slices.ContainsFunc(rung.Targets, r.reachesSomebody)
	}
	w.unless(reaches || len(r.People) == 0, "ladder.rungs", "没有一级能通知到任何人", "no rung reaches anybody")
	r.checkAgain(w, names)
}

func checkMinutes(w *wrong, path string, i int, rung Rung, before int) {
	path += ".after_minutes"
	if i == 0 {
		w.unless(rung.AfterMinutes == 0, path, "第一级须为 0：立即响应（§4.2）", "must be 0 for the first rung: the response is immediate (§4.2)")
		return
	}
	w.unless(rung.AfterMinutes > before, path, fmt.Sprintf("须大于上一级的 %d", before), fmt.Sprintf("must be more than the %d of the rung before", before))
	w.unless(rung.AfterMinutes <= before+longestWait, path, "与上一级相隔不得超过一天", "must be within a day of the rung before")
}

// checkKind keeps a page from saying that the hour is over before it is, or nearly over when it is.
func checkKind(w *wrong, path string, i int, rung Rung) {
	path += ".kind"
	w.unless((rung.Kind == message.FirstPage) == (i == 0), path, "first 是第一级，且仅是第一级", "the first rung is first, and no other is")
	w.unless(rung.Kind != message.BreachPage || rung.After() >= hour, path, "一小时尚未到（§3.11）", "the hour of §3.11 is not over by then")
	w.unless(rung.Kind != message.WarningPage || rung.After() < hour, path, "一小时已到（§3.11）", "the hour of §3.11 is over by then")
}

func (r Rota) checkAgain(w *wrong, names []string) {
	again := r.Ladder.Again
	w.unless(again.EveryMinutes > 0 && again.EveryMinutes <= longestWait, "ladder.again.every_minutes", "须为 1 到 1440", "must be 1 to 1440")
	w.unless(again.Kind != message.FirstPage, "ladder.again.kind", "不能是 first", "cannot be first")
	over := r.Ladder.last()+again.EveryMinutes >= int(hour.Minutes())
	w.unless(again.Kind != message.BreachPage || over, "ladder.again.kind", "一小时尚未到（§3.11）", "the hour of §3.11 is not over by then")
	w.unless(again.Kind != message.WarningPage, "ladder.again.kind", "不能是 warning", "cannot be warning")
	w.unless(!slices.Contains(names, again.Name), "ladder.again.name", again.Name+" 列了两次", again.Name+" is listed twice")
	r.checkTargets(w, "ladder.again", again.Call)
}
