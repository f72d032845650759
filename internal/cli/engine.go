package cli

import (
	"context"
	"fmt"
	"strings"
	"time"

	"lvyue/internal/config"
	"lvyue/internal/engine"
	"lvyue/internal/failure"
	"lvyue/internal/intake"
	"lvyue/internal/postgres"
	"lvyue/internal/workday"
)

// settings are read once a command needs the engine.
func (s *session) settings() (config.Config, error) {
	if s.loaded != nil {
		return *s.loaded, nil
	}
	settings, err := config.Load(s.flags, s.program.Env, s.program.Dir, s.program.Home)
	if err != nil {
		return config.Config{}, err
	}
	s.loaded = &settings
	return settings, nil
}

// open connects to the database, whose tables are made ready if they are not.
func (s *session) open(ctx context.Context) (*postgres.Store, error) {
	if s.store != nil {
		return s.store, nil
	}
	settings, err := s.settings()
	if err != nil {
		return nil, err
	}
	store, err := postgres.OpenReady(ctx, settings.DatabaseURL.Reveal(), settings.Schema)
	if err != nil {
		return nil, err
	}
	s.store = store
	return store, nil
}

// intake is the way in for acts. Temporal is connected to with the first act, after the act is stored. What a
// rehearsal left in its schema is for looking at only: "rehearsal_over".
func (s *session) intake(ctx context.Context) (intake.Intake, error) {
	store, err := s.open(ctx)
	if err != nil {
		return intake.Intake{}, err
	}
	if strings.HasPrefix(store.Schema(), "rehearsal_") {
		return intake.Intake{}, failure.New("rehearsal_over", nil,
			"LVYUE_SCHEMA 指向一次预演保留的内容，只能查看", "LVYUE_SCHEMA names what a rehearsal left, which is for looking at only")
	}
	if s.client == nil {
		s.client, err = engine.Lazy(*s.loaded, engine.Logger(noLog{}))
		if err != nil {
			return intake.Intake{}, err
		}
	}
	return intake.Intake{Store: store, Client: s.client, TaskQueue: engine.Queue(*s.loaded)}, nil
}

// noLog keeps the SDK's own log from a person's terminal: what matters is in the error.
type noLog struct{}

// Write drops the text.
func (noLog) Write(text []byte) (int, error) { return len(text), nil }

// calendar knows the imported notices too when there is a database; the embedded ones need none.
func (s *session) calendar(ctx context.Context) *workday.Calendar {
	const patience = 2 * time.Second
	if _, err := s.settings(); err != nil {
		return workday.Embedded()
	}
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	store, err := s.open(ctx)
	if err == nil {
		var calendar *workday.Calendar
		if calendar, err = store.Calendar(ctx); err == nil {
			return calendar
		}
	}
	s.mention("数据库没有应答；仅使用内置的通知", "the database does not answer; only the embedded notices are used")
	return workday.Embedded()
}

// mention tells a person something beside the answer.
func (s *session) mention(zh, en string) {
	fmt.Fprintln(s.program.Err, s.say("提示：", "note: ")+s.say(zh, en))
}

func (s *session) close() {
	if s.store != nil {
		s.store.Close()
	}
	if s.client != nil {
		s.client.Close()
	}
}
