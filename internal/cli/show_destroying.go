package cli

import (
	"slices"
	"strings"

	"lvyue/internal/hosting"
	"lvyue/internal/message"
	"lvyue/internal/postgres"
	"lvyue/internal/refusal"
	"lvyue/internal/words"
)

// theDestruction is the duty of §7.2, by its id.
const theDestruction = "destruction"

// waitingLine is a piece that a destruction could not delete at its last look, and why, in the vendor's words. It is tried
// again without anybody's doing.
type waitingLine struct {
	Duty string       `json:"duty"`
	Kind hosting.Kind `json:"kind"`
	ID   string       `json:"id"`
	Why  string       `json:"why"`
}

// waitingFor is what a destruction that no person need see to waits for (§7.2): the vendor's word stands behind the state of
// the piece.
func waitingFor(v postgres.View) []waitingLine {
	lines := []waitingLine{}
	if !destroys(v) {
		return lines
	}
	for _, r := range lastLook(v).Pieces {
		if _, why, waits := strings.Cut(r.Status, ": "); waits {
			lines = append(lines, waitingLine{theDestruction, r.Kind, r.ID, why})
		}
	}
	return lines
}

// destroys tells whether a destruction is under way that no person need see to.
func destroys(v postgres.View) bool {
	return v.Contract.Phase == message.Destroying && slices.ContainsFunc(v.Obligations, func(o message.Obligation) bool {
		return o.ID == theDestruction && o.Open() && o.Attention == ""
	})
}

// lastLook is what a destruction has seen last; empty before it has looked.
func lastLook(v postgres.View) postgres.Progress {
	for _, w := range v.Progress {
		if w.Duty == theDestruction {
			return w
		}
	}
	return postgres.Progress{}
}

// destroying says how a destruction stands that takes its time: what it waits for, and that it goes on by itself.
func (p *paper) destroying(v postgres.View) {
	if !destroys(v) {
		return
	}
	look, waiting := lastLook(v), waitingFor(v)
	switch {
	case look.LookedAt.IsZero():
		p.line("数据销毁已开始：先等待云上尚未结束的工作", "the destruction has begun: what is still at work in the cloud ends first")
	case len(look.Pieces) == 0:
		p.line("数据销毁进行中：云上已无资源（%s 查看），正在复核", "the destruction is under way: nothing is left in the cloud as of %s; it is read back", p.instant(look.LookedAt))
	case len(waiting) == 0:
		p.line("数据销毁进行中：云上还有 %d 项资源（%s 查看），会自动继续",
			"the destruction is under way (left in the cloud: %d, as of %s) and goes on by itself", len(look.Pieces), p.instant(look.LookedAt))
	default:
		p.line("%s，云上还有 %d 项资源（%s 查看）；会自动重试，无须人工处理：",
			"%s (left in the cloud: %d, as of %s). It is tried again by itself, and nobody need act. It waits for",
			p.paint(open, p.in(refusal.Text{ZH: "数据销毁在等待", EN: "the destruction waits"})), len(look.Pieces), p.instant(look.LookedAt))
	}
	for _, w := range waiting {
		p.line("  · %s %s：%s", "  · %s %s: %s", p.in(words.Piece(w.Kind)), w.ID, w.Why)
	}
}
