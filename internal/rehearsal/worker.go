package rehearsal

import (
	"context"
	"errors"
	"fmt"
	"time"

	"go.temporal.io/api/serviceerror"

	"lvyue/activities"
	"lvyue/internal/aliyun"
	"lvyue/internal/desk"
	"lvyue/internal/engine"
	"lvyue/internal/message"
	"lvyue/internal/offsite"
	"lvyue/internal/systems"
	"lvyue/workflows"
)

// taskTimeout is how soon the server gives a workflow task of a dead worker to another one.
const taskTimeout = 3 * time.Second

// measureFor is how long a simulated system is put under load: by the machine's clock, while the rehearsal's stands.
const measureFor = 100 * time.Millisecond

// startWorker serves the rehearsal's task queue with the production workflows and activities, here or outside.
func (s *stage) startWorker(ctx context.Context) error {
	s.later(func(context.Context) error {
		if s.halt != nil {
			s.halt()
		}
		return nil
	})
	if s.Worker != nil {
		return s.startOutside()
	}
	cloud, err := aliyun.New(aliyun.Config{
		AccessKeyID: "rehearsal", AccessKeySecret: s.secret, Endpoint: s.cloud.URL(), Secret: s.secret, Clock: s.clock.now,
	})
	if err != nil {
		return err
	}
	way, err := systems.Simulated(s.cloud.URL(), s.secret, measureFor)
	if err != nil {
		return err
	}
	moves, err := s.openMoves(ctx, way)
	if err != nil {
		return err
	}
	vault, err := offsite.Open(ctx, offsite.Options{
		Copies: "mem://", Keys: "mem://", Engine: s.store.Schema(), Now: s.clock.now,
	}, way.Client())
	if err != nil {
		return err
	}
	s.later(func(context.Context) error { return vault.Close() })
	s.world = activities.World{
		Evidence: &activities.Evidence{Store: s.store},
		Inbox:    &activities.Inbox{Store: s.store},
		Calendar: &activities.Calendar{Store: s.store, Log: s.Log},
		Hosting:  way.Hosting(cloud, s.store),
		Books:    &activities.Books{Store: s.store, Log: s.Log},
		Offsite:  &activities.Offsite{Vault: vault, Packages: moves.Exports, Store: s.store, Log: s.Log},
		Engine:   &activities.Engine{Client: s.Client},

		Desk:      &activities.Desk{Rota: desk.Rota{Store: s.store}},
		Migration: moves,
	}
	return s.begin()
}

// begin has a worker serve; halt ends it.
func (s *stage) begin() error {
	w := engine.NewWorker(s.Client, s.taskQueue(), func(err error) { s.fail(fmt.Errorf("the worker broke down: %w", err)) })
	workflows.Register(w)
	s.world.Register(w)
	if err := w.Start(); err != nil {
		return fmt.Errorf("start the worker: %w", err)
	}
	s.halt = w.Stop
	return nil
}

// openMoves keeps packages in memory.
func (s *stage) openMoves(ctx context.Context, way systems.Way) (*activities.Migration, error) {
	packages, err := offsite.OpenPackages(ctx, "mem://", s.schema(), way.Client())
	if err != nil {
		return nil, err
	}
	s.later(func(context.Context) error { return packages.Close() })
	return &activities.Migration{Systems: way.Client(), Exports: packages}, nil
}

// startOutside starts the caller's worker and tells it where everything is. Which Temporal server that is, the
// caller knows.
func (s *stage) startOutside() error {
	stop, err := s.Worker(map[string]string{
		"DATABASE_URL":                   s.DatabaseURL,
		"LVYUE_SCHEMA":                   s.store.Schema(),
		"LVYUE_TASK_QUEUE":               s.taskQueue(),
		"LVYUE_CLOUD":                    "aliyunsim",
		"LVYUE_ALIYUNSIM_URL":            s.cloud.URL(),
		"LVYUE_ALIYUN_ACCESS_KEY_ID":     "rehearsal",
		"LVYUE_ALIYUN_ACCESS_KEY_SECRET": s.secret,
		"LVYUE_SYSTEM_SECRET":            s.secret,
		"LVYUE_EXPORT_URL":               "mem://",
		"LVYUE_BACKUP_URL":               "mem://",
		"LVYUE_BACKUP_KEYS_URL":          "mem://",
	})
	if err != nil {
		return fmt.Errorf("start the worker outside: %w", err)
	}
	s.halt = stop
	return nil
}

// endWorkflow removes a workflow of the rehearsal from the server's open ones.
func (s *stage) endWorkflow(ctx context.Context, id string) error {
	err := s.Client.TerminateWorkflow(ctx, id, "", "the rehearsal is over")
	var gone *serviceerror.NotFound
	if err == nil || errors.As(err, &gone) {
		return nil
	}
	return fmt.Errorf("end %s: %w", id, err)
}

// endWorks removes the works that the contract began, by the ids that they must have.
func (s *stage) endWorks(ctx context.Context) error {
	var failed error
	for _, duty := range []string{"deployment", "destruction", "quote"} {
		_, err := s.endTries(ctx, duty)
		failed = errors.Join(failed, err)
	}
	for _, kind := range []string{"expansion/%d", "migration-in/%d", "migration-off/%d"} {
		for n := 1; ; n++ {
			duty := fmt.Sprintf(kind, n)
			asked, err := s.endTries(ctx, "quote/"+duty)
			begun, failure := s.endTries(ctx, duty)
			if failed = errors.Join(failed, err, failure); asked+begun == 0 {
				break
			}
		}
	}
	for n := 1; ; n++ {
		id := message.IncidentID(s.prefix(), s.Scenario.Form.Number, n)
		if _, err := s.Client.DescribeWorkflowExecution(ctx, id, ""); err != nil {
			return failed
		}
		failed = errors.Join(failed, s.endWorkflow(ctx, id))
	}
}

// endTries ends every try at a duty that still runs, and counts the tries.
func (s *stage) endTries(ctx context.Context, duty string) (int, error) {
	var failed error
	for n := 1; ; n++ {
		id := message.ChildID(s.contract, duty, n)
		closed, err := s.closed(ctx, id)
		if err != nil {
			return n - 1, failed // there is no such try
		}
		if !closed {
			failed = errors.Join(failed, s.endWorkflow(ctx, id))
		}
	}
}
