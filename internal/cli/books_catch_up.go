package cli

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"lvyue/internal/message"
	"lvyue/internal/refusal"
)

// caughtUp are the contracts that were booked.
type caughtUp struct {
	Booked  []string `json:"booked"`
	Message string   `json:"message"`
}

func catchUpCommand(s *session) *cobra.Command {
	var by string
	c := &cobra.Command{
		Use: "catch-up", Args: wants(0, 0), Example: "  starter books catch-up --by fang",
		Short: s.say("补记早于本账务的合同", "book the contracts that are older than the books"),
		RunE: s.does(func(ctx context.Context, _ []string) (reply, error) {
			var in input
			who := in.required("by", by)
			if err := in.err(); err != nil {
				return reply{}, err
			}
			return s.catchUp(ctx, who)
		}),
	}
	c.Flags().StringVar(&by, "by", "", s.say("经办人", "who acts"))
	return c
}

// catchUp has every contract told to the books that is not in them; one that answers already is passed over.
func (s *session) catchUp(ctx context.Context, who string) (reply, error) {
	store, err := s.open(ctx)
	if err != nil {
		return reply{}, err
	}
	numbers, err := store.Unbooked(ctx)
	if err != nil {
		return reply{}, err
	}
	d := caughtUp{Booked: []string{}}
	for _, number := range numbers {
		_, err := s.take(ctx, "book/"+number, act{name: message.Book, contract: number, who: who, body: struct{}{}})
		if no, refused := refusal.As(err); refused && no.Code == "nothing_to_do" {
			continue
		}
		if err != nil {
			return reply{}, fmt.Errorf("book %s: %w", number, err)
		}
		d.Booked = append(d.Booked, number)
	}
	d.Message = s.say(fmt.Sprintf("补记 %d 份合同。", len(d.Booked)), fmt.Sprintf("%d contracts are booked", len(d.Booked)))
	return reply{document: d, print: func(p *paper) { p.line("%s %s", "%s %s", p.paint(good, "✓"), d.Message) }}, nil
}
