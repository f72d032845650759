package main

import (
	"context"
	"fmt"
	"os"
	"time"

	"lvyue/internal/config"
	"lvyue/internal/program"
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
	return program.TellReady(ctx, "desk", settings.ReadyFile, told)
}
