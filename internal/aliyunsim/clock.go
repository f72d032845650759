package aliyunsim

import (
	"io"
	"net/http"
	"time"
)

// clockPath is where the simulator tells its time to whoever asks, as RFC 3339.
const clockPath = "/clock"

func (s *Server) serveClock(w http.ResponseWriter) {
	_, _ = io.WriteString(w, s.options.Clock().Format(time.RFC3339Nano)) // who has gone away needs no time
}

// ClockAt is the clock of the simulator at that address: a client in another process must live in the same year. While it
// cannot be asked, nothing else can be asked there either, and the machine's clock stands in.
func ClockAt(address string) func() time.Time {
	client := http.Client{Timeout: time.Second}
	return func() time.Time {
		response, err := client.Get(address + clockPath) //nolint:noctx // a clock takes no context; the client gives up soon
		if err != nil {
			return time.Now()
		}
		defer response.Body.Close()
		text, _ := io.ReadAll(io.LimitReader(response.Body, int64(len(time.RFC3339Nano)))) // what is cut off cannot be read
		now, err := time.Parse(time.RFC3339Nano, string(text))
		if err != nil {
			return time.Now()
		}
		return now
	}
}
