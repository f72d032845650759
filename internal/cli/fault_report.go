package cli

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"lvyue/internal/message"
	"lvyue/internal/postgres"
)

// reporting are the flags of a report.
type reporting struct {
	by, system, text, called string
	request, separate        bool
}

func reportFaultCommand(s *session) *cobra.Command {
	var f reporting
	c := s.actCommand("report NUMBER", "报障：一小时从报障（来电）起算（§3.11、§4.1）", "report a fault; the hour runs from the report, or the call (§3.11, §4.1)",
		`fault report HT-2025-001 --by 李明 --system OA --text "无法登录" --called-at "2025-11-03 10:00:05"`,
		wants(1, 1), func(in *input, args []string) act {
			return act{name: message.ReportFault, contract: in.number(args[0]), who: strings.TrimSpace(f.by), body: in.report(f)}
		})
	s.reporter(c, &f)
	flags := c.Flags()
	flags.StringVar(&f.system, "system", "", s.say("哪个产品（默认整个系统）", "which product (default: all of it)"))
	flags.BoolVar(&f.request, "request", false, s.say("不是故障，是需求或建议：不计时（§4.3）", "no fault but a wish: no clock runs (§4.3)"))
	flags.BoolVar(&f.separate, "separate", false, s.say("与处理中的同一产品故障无关，另立一号", "another fault than the one of that product that is open"))
	return c
}

// reporter are the flags that every report has.
func (s *session) reporter(c *cobra.Command, f *reporting) {
	flags := c.Flags()
	flags.StringVar(&f.by, "by", "", s.say("报障人：姓名、电话或邮箱", "who reports it: a name, a telephone number or a mail address"))
	flags.StringVar(&f.text, "text", "", s.say("什么不正常", "what is wrong"))
	s.called(c, &f.called)
}

func (in *input) report(f reporting) message.FaultReport {
	return message.FaultReport{
		Called: in.called(f.called), Reporter: in.required("by", f.by), System: strings.TrimSpace(f.system),
		Text: in.required("text", f.text), Request: f.request, Separate: f.separate,
	}
}

func reopenCommand(s *session) *cobra.Command {
	var f reporting
	c := s.actCommand("reopen NUMBER N", "已解决的故障再现：另立一号，重新计一小时（§3.11）",
		"what was resolved is there again: a fault of its own, with an hour of its own (§3.11)",
		`fault reopen HT-2025-001 1 --by 李明 --text "又无法登录"`,
		wants(2, 2), func(in *input, args []string) act {
			body := in.report(f)
			body.Reopens = in.fault("N", args[1])
			return act{name: message.Reopen, contract: in.number(args[0]), who: body.Reporter, body: body}
		})
	s.reporter(c, &f)
	return c
}

// aboutFault adds to the answer which fault it is, whose moment counts, and who reports faults if somebody else did (§3.13).
func (s *session) aboutFault(ctx context.Context, stored message.Act, d *actDocument) error {
	var body struct {
		message.Called

		Administrator *bool `json:"administrator"`
	}
	if err := json.Unmarshal(stored.Body, &body); err != nil {
		return fmt.Errorf("read the act again: %w", err)
	}
	d.CalledAt = optional(body.CalledAt)
	if d.Fault = stored.Fault; d.Fault > 0 || body.Administrator == nil {
		return nil
	}
	timeline, err := s.store.Timeline(ctx, stored.Contract)
	if err != nil {
		return err
	}
	d.Fault = faultOf(timeline, stored.ID)
	if !*body.Administrator {
		d.Administrators, err = s.administrators(ctx, stored.Contract)
	}
	return err
}

// faultOf is the number of the fault that a report opened or joined; 0 if it is not known.
func faultOf(timeline []postgres.StoredEvent, act string) int {
	for _, e := range timeline {
		var n int
		if !strings.HasPrefix(e.Key, "act "+act+": ") {
			continue
		}
		if _, err := fmt.Sscanf(e.Subject, "fault/%d", &n); err == nil {
			return n
		}
	}
	return 0
}

// administrators are the names in the form that rules (§2.1). They are read here: they stand in no workflow.
func (s *session) administrators(ctx context.Context, number string) ([]string, error) {
	form, err := s.store.RulingForm(ctx, number)
	if err != nil {
		return nil, err
	}
	var names []string
	for _, a := range form.Administrators {
		names = append(names, a.Name)
	}
	return names, nil
}

// reported is what a person reads after the answer about a fault.
func (p *paper) reported(d actDocument) {
	if d.CalledAt != nil {
		p.line("  来电 %s，以此为准；录入 %s", "  called at %s, which counts; entered at %s", p.moment(*d.CalledAt), p.moment(d.ReceivedAt))
	}
	if len(d.Administrators) == 0 {
		return
	}
	names := strings.Join(d.Administrators, p.say("、", ", "))
	p.line("  系统管理员：%s。请由系统管理员报障，或确认本单：starter fault confirm %s %d --by %s",
		"  system administrators: %s. One of them reports faults, or takes this one up: starter fault confirm %s %d --by %s",
		names, d.Contract, d.Fault, d.Administrators[0])
}

// moment is an instant in Shanghai, with the fraction of its second if it has one: a microsecond decides about an hour.
func (p *paper) moment(t time.Time) string {
	if t.IsZero() {
		return "—"
	}
	return shanghai(t).Format("2006-01-02 15:04:05.999999")
}
