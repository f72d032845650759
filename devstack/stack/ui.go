package stack

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"github.com/temporalio/ui-server/v2/server"
	uiconfig "github.com/temporalio/ui-server/v2/server/config"
	"github.com/temporalio/ui-server/v2/server/server_options"
)

// webUI is Temporal's own, for people who want to look inside.
type webUI struct {
	url    string
	server *server.Server
}

// startUI serves the UI on port (0: any free one) of 127.0.0.1 and returns when it does.
func startUI(ctx context.Context, temporal string, port int) (*webUI, error) {
	if port == 0 {
		free, err := FreePorts(ctx, 1)
		if err != nil {
			return nil, err
		}
		port = free[0]
	} else if !PortFree(ctx, port) {
		return nil, fmt.Errorf("port %d is taken", port) // the UI's own report would end the process
	}
	s := server.NewServer(server_options.WithConfigProvider(&uiconfig.Config{
		TemporalGRPCAddress: temporal,
		Host:                "127.0.0.1",
		Port:                port,
		EnableUI:            true,
		DefaultNamespace:    Namespace,
		DisableNewsFetch:    true,
		HideLogs:            true,
		CORS:                uiconfig.CORS{CookieInsecure: true}, // plain HTTP on this machine
	}))
	go s.Start() //nolint:errcheck // ends the process rather than return an error
	u := &webUI{url: "http://" + address(port), server: s}
	if err := u.await(ctx); err != nil {
		u.stop()
		return nil, err
	}
	return u, nil
}

func (u *webUI) await(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	ticker := time.NewTicker(5 * time.Millisecond)
	defer ticker.Stop()
	for {
		err := u.look(ctx)
		if err == nil {
			return nil
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("the Web UI does not answer on %s: %w", u.url, err)
		case <-ticker.C:
		}
	}
}

func (u *webUI) look(ctx context.Context) error {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, u.url+"/healthz", http.NoBody)
	if err != nil {
		return fmt.Errorf("ask for the UI's health: %w", err)
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return fmt.Errorf("ask for the UI's health: %w", err)
	}
	return response.Body.Close() //nolint:wrapcheck // any answer will do
}

func (u *webUI) stop() { u.server.Stop() }
