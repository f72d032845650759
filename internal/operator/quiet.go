package operator

import (
	"context"
	"errors"
	"io"
	"time"
)

// errSilent is why a request was ended that nobody else ended.
var errSilent = errors.New("it was silent for too long")

// quiet ends a request when the system has been silent for too long. Data may be on its way for hours.
type quiet struct {
	timer *time.Timer
	most  time.Duration
	end   func()
}

// listen gives the context of one request, which is ended by the silence, and listens from now on.
func listen(ctx context.Context, most time.Duration) (context.Context, *quiet) {
	ctx, cancel := context.WithCancelCause(ctx)
	timer := time.AfterFunc(most, func() { cancel(errSilent) })
	return ctx, &quiet{timer: timer, most: most, end: func() {
		timer.Stop()
		cancel(nil)
	}}
}

// incoming is an answer's body: the system is listened to while somebody waits for it, not while the reader is busy.
type incoming struct {
	io.ReadCloser
	quiet *quiet
	// broken says why the body broke off.
	broken func(error) error
}

func (in *incoming) Read(p []byte) (int, error) {
	in.quiet.timer.Reset(in.quiet.most)
	defer in.quiet.timer.Stop()
	n, err := in.ReadCloser.Read(p)
	if err == nil || errors.Is(err, io.EOF) {
		return n, err //nolint:wrapcheck // readers compare io.EOF
	}
	return n, in.broken(err)
}

func (in *incoming) Close() error {
	defer in.quiet.end()
	return in.ReadCloser.Close() //nolint:wrapcheck // it is the body's own
}

// outgoing is what is sent: the system is not listened to while the source is waited for.
type outgoing struct {
	io.Reader
	quiet *quiet
}

func (out *outgoing) Read(p []byte) (int, error) {
	out.quiet.timer.Stop()
	defer out.quiet.timer.Reset(out.quiet.most)
	return out.Reader.Read(p) //nolint:wrapcheck // readers compare io.EOF
}
