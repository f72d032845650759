package aliyun

import (
	"context"
	"strconv"
	"time"

	"github.com/aliyun/alibaba-cloud-sdk-go/services/ecs"

	"lvyue/internal/hosting"
)

// growthKey marks a command with the number of the expansion that it is for, beside the contract's tag.
const growthKey = "lvyue:growth"

// growCommand brings partition and file system of the data disk to the disk's size; it may run twice.
const growCommand = "suite grow"

// growFileSystems grows the file systems of the servers to the size of their disks, and tells whether all are.
func (s site) growFileSystems(ctx context.Context, g hosting.Growth, have extent) (bool, error) {
	all := true
	for _, server := range have.servers {
		if server.Status != running { // no command would reach it
			all = false
			continue
		}
		done, err := s.growFileSystem(ctx, g, server.InstanceId)
		if err != nil {
			return false, err
		}
		all = all && done
	}
	return all, nil
}

// growFileSystem sends the command once for an expansion. One that failed on its server is for a person; a look that comes a
// while later, when that person has seen to it, sends it anew.
func (s site) growFileSystem(ctx context.Context, g hosting.Growth, server string) (bool, error) {
	run, err := s.carry(ctx, growthErrand(g), server, s.bygone, func(lost int) (command, bool, error) {
		return command{
			name: snapshotName(g), script: growCommand, token: growthToken(g, "file system "+server+" "+strconv.Itoa(lost)),
		}, true, nil
	})
	if err != nil || run == nil {
		return false, err
	}
	return s.outcome(growCommand, *run)
}

func growthErrand(g hosting.Growth) errand {
	return errand{g.From.Contract, growthKey, strconv.Itoa(g.Number)}
}

// afterFailure is how long a failed command stands as the answer.
const afterFailure = 10 * time.Minute

// bygone reports whether a command never reached its server, or failed there a while ago.
func (s site) bygone(r ecs.InvocationResult) bool {
	if undelivered(r) {
		return true
	}
	done, err := s.outcome(growCommand, r)
	at, unread := time.Parse(time.RFC3339, r.FinishedTime)
	return !done && err != nil && unread == nil && s.now().Sub(at) >= afterFailure
}
