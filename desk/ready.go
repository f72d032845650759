package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"time"

	"lvyue/internal/config"
)

// readiness is what the file named by LVYUE_READY_FILE says while a desk serves.
type readiness struct {
	PID   int       `json:"pid"`
	URL   string    `json:"url"`
	Slack string    `json:"slack,omitempty"` // the page of the simulator of Slack
	Since time.Time `json:"since"`
}

// tellReady writes the file, if one is named, and lines on standard output; the file goes when ctx ends.
func tellReady(ctx context.Context, settings config.Config, address, page string) error {
	told := readiness{PID: os.Getpid(), URL: "http://" + address, Slack: page, Since: time.Now()}
	fmt.Fprintln(os.Stdout, "desk ready on "+told.URL)
	if page != "" {
		fmt.Fprintln(os.Stdout, "simulated Slack on "+page)
	}
	if settings.ReadyFile == "" {
		<-ctx.Done()
		return nil
	}
	content, err := json.Marshal(told)
	if err != nil {
		return fmt.Errorf("write %s: %w", settings.ReadyFile, err)
	}
	const private = 0o600
	part := settings.ReadyFile + ".part"
	if err := os.WriteFile(part, content, private); err != nil {
		return fmt.Errorf("tell that the desk is ready: %w", err)
	}
	if err := os.Rename(part, settings.ReadyFile); err != nil {
		return fmt.Errorf("tell that the desk is ready: %w", err)
	}
	<-ctx.Done()
	return os.Remove(settings.ReadyFile) //nolint:wrapcheck // it names the file
}
