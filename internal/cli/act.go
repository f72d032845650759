package cli

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/spf13/cobra"

	"lvyue/internal/contract"
	"lvyue/internal/message"
	"lvyue/internal/words"
	"lvyue/internal/workday"
)

// way is how acts from here came in, as the evidence names it.
const way = "cli"

// actDocument is an act with its answer. ID repeats the answer when the act is sent again with it.
type actDocument struct {
	ID         string          `json:"id"`
	Contract   string          `json:"contract"`
	Act        message.ActName `json:"act"`
	Seq        int64           `json:"seq"`
	ReceivedAt time.Time       `json:"received_at"`
	By         string          `json:"by"`
	Message    string          `json:"message"`
	// Of acts about faults: which one, when somebody telephoned, and who reports faults if somebody else did (§3.13, §4.1).
	Fault          int        `json:"fault,omitempty"`
	CalledAt       *time.Time `json:"called_at,omitempty"`
	Administrators []string   `json:"administrators,omitempty"`
}

// act is what a command makes of its arguments. Who is a person, or empty for the contract's account manager;
// Side is the party that acts, or empty when a person acts. Fault is the contract's fault to which it is done, 0 for the
// contract itself.
type act struct {
	name     message.ActName
	contract string
	fault    int
	who      string
	side     message.Side
	body     any
	form     *contract.Form
}

// actCommand is a command that takes one act in. read makes the act of what was typed.
func (s *session) actCommand(use, zh, en, example string, args cobra.PositionalArgs,
	read func(in *input, args []string) act,
) *cobra.Command {
	var id string
	c := &cobra.Command{
		Use: use, Short: s.say(zh, en), Example: "  starter " + example, Args: args,
		RunE: s.does(func(ctx context.Context, args []string) (reply, error) {
			in := &input{}
			a := read(in, args)
			if err := in.err(); err != nil {
				return reply{}, err
			}
			return s.take(ctx, id, a)
		}),
	}
	c.Flags().StringVar(&id, "id", "", s.say("业务编号；重发同一编号得到同一答复（默认随机）",
		"business id; sending it again repeats the answer (default: random)"))
	return c
}

// take stores the act and waits for its answer.
func (s *session) take(ctx context.Context, id string, a act) (reply, error) {
	door, err := s.intake(ctx)
	if err != nil {
		return reply{}, err
	}
	sent, err := s.sign(ctx, id, a)
	if err != nil {
		return reply{}, err
	}
	ctx, cancel := context.WithTimeout(ctx, s.wait)
	defer cancel()
	defer s.whileWaiting("已保存，正在等待引擎答复……", "stored; waiting for the engine's answer…").Stop()
	stored, answer, err := door.Take(ctx, sent, a.form)
	if err != nil {
		return reply{}, fmt.Errorf("%s (--id %s): %w", a.name, sent.ID, err)
	}
	if answer.Refusal != nil {
		return reply{}, answer.Refusal
	}
	return s.answered(ctx, stored, answer), nil
}

// sign puts the actor's name and an id under the act.
func (s *session) sign(ctx context.Context, id string, a act) (message.Act, error) {
	actor, err := s.actor(ctx, a)
	if err != nil {
		return message.Act{}, err
	}
	body, err := json.Marshal(a.body)
	if err != nil {
		return message.Act{}, fmt.Errorf("write the act: %w", err)
	}
	if id == "" {
		id = uuid.NewString()
	}
	return message.Act{ID: id, Name: a.name, Contract: a.contract, Fault: a.fault, Actor: actor, Body: body}, nil
}

// actor is the party that acts, or the person; by default the account manager whom the form names.
func (s *session) actor(ctx context.Context, a act) (message.Actor, error) {
	if a.side != "" {
		return message.Actor{Who: string(a.side), Role: string(a.side), Way: way}, nil
	}
	form, err := s.store.Form(ctx, a.contract)
	if err != nil {
		return message.Actor{}, err
	}
	if a.who == "" || a.who == form.AccountManager {
		return message.Actor{Who: form.AccountManager, Role: "account-manager", Way: way}, nil
	}
	return message.Actor{Who: a.who, Role: "person", Way: way}, nil
}

func (s *session) answered(ctx context.Context, stored message.Act, answer message.Answer) reply {
	document := actDocument{
		ID: stored.ID, Contract: stored.Contract, Act: stored.Name, Seq: stored.Seq,
		ReceivedAt: stored.ReceivedAt.In(workday.Shanghai), By: stored.Actor.Who, Message: answer.In(s.lang),
	}
	if err := s.aboutFault(ctx, stored, &document); err != nil { // the act is done all the same
		s.mention("已办理，但读不到故障详情："+err.Error(), "it is done, but the fault cannot be read again: "+err.Error())
	}
	return reply{document: document, print: func(p *paper) {
		p.line("%s %s：%s", "%s %s: %s", p.paint(good, "✓"), p.in(words.Act(stored.Name)), document.Message)
		p.line("  合同 %s，%s 收到，编号 %s", "  contract %s, received %s, id %s", document.Contract, p.instant(document.ReceivedAt), document.ID)
		p.reported(document)
	}}
}

// whileWaiting tells a person at a terminal what is being waited for, once it takes long.
func (s *session) whileWaiting(zh, en string) *time.Timer {
	const long = 2 * time.Second
	return time.AfterFunc(long, func() {
		if s.program.Watching && !s.json {
			s.mention(zh, en)
		}
	})
}

// hash is the SHA-256 of a document, in hex: what the evidence keeps of a paper.
func hash(document []byte) string {
	sum := sha256.Sum256(document)
	return hex.EncodeToString(sum[:])
}
