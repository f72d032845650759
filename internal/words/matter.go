package words

import (
	"encoding/json"
	"fmt"
	"strings"

	"lvyue/internal/message"
	"lvyue/internal/refusal"
	"lvyue/internal/workday"
)

// matter is what a person wants to know of an act's body.
type matter struct {
	Amount      string       `json:"amount"`
	Reference   string       `json:"reference"`
	Fee         string       `json:"fee"`
	DeployOn    workday.Date `json:"deploy_on"`
	On          workday.Date `json:"on"`
	Ground      string       `json:"ground"`
	Accept      bool         `json:"accept"`
	Required    int64        `json:"required"`
	Measured    int64        `json:"measured"`
	Obligation  string       `json:"obligation"`
	Obligations []string     `json:"obligations"`
	Reason      string       `json:"reason"`
	Outcome     string       `json:"outcome"`
	Duty        string       `json:"duty"`
	Refund      string       `json:"refund"`
	Expansion   string       `json:"expansion"`
	DiskGB      int          `json:"disk_gb"`
	DatabaseGB  int          `json:"database_gb"`
	Nodes       int          `json:"nodes"`
	Price       struct {
		Amount string `json:"amount"`
	} `json:"price"`
	To        string       `json:"to"`
	From      string       `json:"from"`
	AgreedOn  workday.Date `json:"agreed_on"`
	Migration string       `json:"migration"`
	Final     bool         `json:"final"`
	System    string       `json:"system"`
	Text      string       `json:"text"`
	Cause     string       `json:"cause"`
	Steps     string       `json:"steps"`
	Kind      string       `json:"kind"`
	Evidence  string       `json:"evidence"`
	Request   bool         `json:"request"`
}

// Matter is what matters of an act with that body, as it came over the wire: a day, an amount, a decision, a
// reason. Nothing for an act that its name tells whole, and for a body that cannot be read.
func Matter(name message.ActName, body any) refusal.Text {
	var m matter
	data, err := json.Marshal(body)
	if err != nil || json.Unmarshal(data, &m) != nil {
		return refusal.Text{}
	}
	return lookup(map[message.ActName]refusal.Text{
		message.Sign:          itself(m.On.String()),
		message.Pay:           {ZH: m.Amount + " 元，" + m.Reference, EN: m.Amount + " CNY, " + m.Reference},
		message.Designate:     itself(m.DeployOn.String()),
		message.Offer:         {ZH: m.Fee + " 元/年", EN: m.Fee + " CNY a year"},
		message.Reply:         decision(m.Accept),
		message.AskQuote:      wanted(m),
		message.Expand:        wanted(m),
		message.AcceptQuote:   {ZH: m.Amount + " 元", EN: m.Amount + " CNY"},
		message.Expanded:      Duty(m.Expansion),
		message.MigrateIn:     {ZH: m.From + "，约定 " + m.AgreedOn.String(), EN: m.From + ", agreed for " + m.AgreedOn.String()},
		message.CutOver:       Duty(m.Migration),
		message.MigrateOff:    leaving(m),
		message.Shortfall:     measured(m),
		message.Terminate:     ending(m),
		message.Hold:          itself(m.Reason),
		message.ReleaseHold:   itself(m.Reason),
		message.Waive:         waived(m),
		message.Dispute:       disputed(m.Obligations),
		message.SettleDispute: itself(m.Outcome),
		message.Retry:         Duty(m.Duty),
		message.Reverse:       itself(m.Reference),
		message.MoveReceipt:   itself(m.Reference + " → " + m.To),
		message.Unapply:       itself(m.Reference),
		message.Apply:         itself(m.Reference),
		message.ApproveRefund: Duty(m.Refund),
		message.ConfirmRed:    Duty(m.Refund),
		message.PayRefund:     Duty(m.Refund),
		message.ReportFault:   reported(m),
		message.Reopen:        reported(m),
		message.Acknowledge:   itself(m.Text),
		message.Plan:          planned(m),
		message.ForceMajeure:  majeure(m),
		message.LiftMajeure:   itself(m.Text),
		message.Progress:      itself(m.Text),
		message.HandOver:      itself(m.To),
		message.Escalate:      itself(m.Text),
		message.Resolve:       itself(m.Text),
		message.ConfirmFault:  itself(m.Text),
		message.Classify:      classified(m),
		message.Explain:       itself(m.Text),
		message.WaiveFault:    itself(m.Text),
	}, name, refusal.Text{})
}

func decision(accept bool) refusal.Text {
	if accept {
		return refusal.Text{ZH: "接受", EN: "accepted"}
	}
	return refusal.Text{ZH: "拒绝", EN: "declined"}
}

// wanted names the figures that are asked for in an expansion, and their price if it has one.
func wanted(m matter) refusal.Text {
	var zh, en []string
	if m.DiskGB > 0 {
		zh, en = append(zh, fmt.Sprintf("磁盘 %d G", m.DiskGB)), append(en, fmt.Sprintf("%d GB of disk", m.DiskGB))
	}
	if m.DatabaseGB > 0 {
		zh, en = append(zh, fmt.Sprintf("数据库 %d G", m.DatabaseGB)), append(en, fmt.Sprintf("%d GB of database", m.DatabaseGB))
	}
	if m.Nodes > 0 {
		zh, en = append(zh, fmt.Sprintf("服务器 %d 台", m.Nodes)), append(en, fmt.Sprintf("%d servers", m.Nodes))
	}
	if m.Price.Amount != "" {
		zh, en = append(zh, m.Price.Amount+" 元"), append(en, m.Price.Amount+" CNY")
	}
	return refusal.Text{ZH: strings.Join(zh, "，"), EN: strings.Join(en, ", ")}
}

// leaving tells whether a package is the last word.
func leaving(m matter) refusal.Text {
	if m.Final {
		return refusal.Text{ZH: "最终数据包", EN: "the final package"}
	}
	return refusal.Text{ZH: "数据包", EN: "a package"}
}

func measured(m matter) refusal.Text {
	return refusal.Text{
		ZH: fmt.Sprintf("标准 %d，实测 %d", m.Required, m.Measured), EN: fmt.Sprintf("%d of %d reached", m.Measured, m.Required),
	}
}

func ending(m matter) refusal.Text {
	ground := Ground(message.Ground(m.Ground))
	return refusal.Text{ZH: ground.ZH + "，终止日 " + m.On.String(), EN: ground.EN + ", ending " + m.On.String()}
}

func waived(m matter) refusal.Text {
	duty := Duty(m.Obligation)
	return refusal.Text{ZH: duty.ZH + "：" + m.Reason, EN: duty.EN + ": " + m.Reason}
}

func disputed(ids []string) refusal.Text {
	zh, en := make([]string, len(ids)), make([]string, len(ids))
	for i, id := range ids {
		zh[i], en[i] = Duty(id).ZH, Duty(id).EN
	}
	return refusal.Text{ZH: strings.Join(zh, "、"), EN: strings.Join(en, ", ")}
}
