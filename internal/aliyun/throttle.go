package aliyun

import (
	"context"
	"errors"
	"time"

	"github.com/aliyun/alibaba-cloud-sdk-go/sdk/requests"
	"github.com/aliyun/alibaba-cloud-sdk-go/sdk/responses"
)

// A call that the vendor turns away because too much is asked, for a moment that it names, is sent again when that has
// passed. A look that began anew instead would ask everything before it once more, and so be turned away the more: at one
// call in seven, a look of a hundred would never come to its end.
const (
	mostSends   = 5
	shortMoment = time.Second
)

// do sends one request, made for this call alone, and fills the response. Any failure is an *Error.
func (c *Cloud) do(ctx context.Context, region string, request requests.AcsRequest, response responses.AcsResponse) error {
	for sent := 1; ; sent++ {
		err := c.send(ctx, region, request, response)
		var turnedAway *Error
		if !errors.As(err, &turnedAway) || turnedAway.after == 0 || turnedAway.after > shortMoment || sent == mostSends {
			return err
		}
		select {
		case <-ctx.Done():
			return err
		case <-time.After(turnedAway.after):
		}
	}
}
