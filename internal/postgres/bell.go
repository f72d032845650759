package postgres

import (
	"context"

	"github.com/jackc/pgx/v5"
)

// HearPages rings once when it has begun to listen, and then whenever pages have been written to the outbox, by whomever. It ends
// with ctx, or when its connection breaks: what was written until it listens again, the next first ring tells of. A server that
// does not hand on what others tell, such as a pooler between, rings no more.
func (s *Store) HearPages(ctx context.Context, ring func()) error {
	conn, err := pgx.ConnectConfig(ctx, s.pool.Config().ConnConfig)
	if err != nil {
		return trouble("listen for pages", err)
	}
	defer conn.Close(context.WithoutCancel(ctx))
	if _, err := conn.Exec(ctx, "LISTEN "+pgx.Identifier{s.schema}.Sanitize()); err != nil {
		return trouble("listen for pages", err)
	}
	for {
		ring()
		if _, err := conn.WaitForNotification(ctx); err != nil {
			return trouble("listen for pages", err)
		}
	}
}
