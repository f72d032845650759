package robot

import (
	"context"
	"errors"
	"fmt"
	"net/http"
)

// Heartbeat gives a function that tells a service outside that all is well, with one GET of url, which is a secret. Whoever
// hears nothing for some minutes pages on his own.
func Heartbeat(url string, client *http.Client) func(context.Context) error {
	return func(ctx context.Context) error {
		request, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
		if err != nil {
			return errors.New("heartbeat: the URL is none") // the cause quotes it
		}
		answer, err := client.Do(request)
		if err != nil {
			return errors.New("heartbeat: no answer")
		}
		defer func() { _ = answer.Body.Close() }()
		if answer.StatusCode/100 != 2 {
			return fmt.Errorf("heartbeat: HTTP %d", answer.StatusCode)
		}
		return nil
	}
}
