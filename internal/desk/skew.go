package desk

import (
	"context"
	"errors"
	"fmt"
	"time"

	"lvyue/internal/refusal"
)

// mostSkew is how far this machine's clock may be from the database's, by which everything is judged (§4.1): the signatures of
// Slack go by this machine's.
const mostSkew = 5 * time.Second

// skew is how far a clock, which said before and after while the true time was asked for, is certainly ahead; below zero if it is
// behind.
func skew(before, now, after time.Time) time.Duration {
	switch {
	case now.Before(before):
		return before.Sub(now)
	case now.After(after):
		return after.Sub(now)
	default:
		return 0
	}
}

// askTime is the database's clock, and an error if this machine's is off: the leads are told of that once a day.
func (r Run) askTime(ctx context.Context) (now time.Time, off, err error) {
	before := r.wall()
	if now, err = r.Clock.Now(ctx); err != nil {
		return now, nil, err
	}
	ahead := skew(before, now, r.wall()).Round(time.Second)
	if ahead.Abs() < mostSkew {
		return now, nil, nil
	}
	text := refusal.Text{
		ZH: fmt.Sprintf("本机时钟比数据库快 %d 秒", int(ahead.Seconds())),
		EN: fmt.Sprintf("this machine's clock is %d s ahead of the database's", int(ahead.Seconds())),
	}
	if ahead < 0 {
		text = refusal.Text{
			ZH: fmt.Sprintf("本机时钟比数据库慢 %d 秒", int(-ahead.Seconds())),
			EN: fmt.Sprintf("this machine's clock is %d s behind the database's", int(-ahead.Seconds())),
		}
	}
	return now, errors.Join(errors.New(text.EN), r.Sender.Tell(ctx, now, "clock", text.ZH+" / "+text.EN)), nil //nolint:err113 // it is told to people
}

func (r Run) wall() time.Time {
	if r.Wall == nil {
		return time.Now()
	}
	return r.Wall()
}
