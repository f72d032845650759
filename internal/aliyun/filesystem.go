package aliyun

import (
	"context"
	"fmt"
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

// growFileSystem sends the command once for an expansion: it is found again, or sent again under the same token. One that never
// reached the server, since that or the vendor's agent on it was not up, is sent anew. One that failed there is for a person; a
// look that comes a while later, when that person has seen to it, sends it anew.
func (s site) growFileSystem(ctx context.Context, g hosting.Growth, server string) (bool, error) {
	runs, err := s.runs(ctx, growthErrand(g), server, "")
	if err != nil {
		return false, err
	}
	lost := 0
	for _, r := range runs {
		if !undelivered(r) && !s.bygone(r) {
			return s.grownBy(r)
		}
		lost++
	}
	request, response := ecs.CreateRunCommandRequest(), ecs.CreateRunCommandResponse()
	request.Type, request.Name, request.CommandContent = "RunShellScript", snapshotName(g), growCommand
	request.InstanceId = &[]string{server}
	request.ClientToken = growthToken(g, "file system "+server+" "+strconv.Itoa(lost))
	request.Tag = &[]ecs.RunCommandTag{{Key: tagKey, Value: g.From.Contract}, {Key: growthKey, Value: strconv.Itoa(g.Number)}}
	if err := s.do(ctx, s.region, request, response); err != nil {
		return false, err
	}
	runs, err = s.runs(ctx, growthErrand(g), server, response.InvokeId)
	if err != nil || len(runs) == 0 || undelivered(runs[0]) {
		return false, err
	}
	return s.grownBy(runs[0])
}

func growthErrand(g hosting.Growth) errand {
	return errand{g.From.Contract, growthKey, strconv.Itoa(g.Number)}
}

// afterFailure is how long a failed command stands as the answer.
const afterFailure = 10 * time.Minute

// bygone reports whether a command failed on its server a while ago.
func (s site) bygone(r ecs.InvocationResult) bool {
	done, err := s.grownBy(r)
	at, unread := time.Parse(time.RFC3339, r.FinishedTime)
	return !done && err != nil && unread == nil && s.now().Sub(at) >= afterFailure
}

// grownBy is what has become of a command that reached its server.
func (s site) grownBy(r ecs.InvocationResult) (bool, error) {
	switch r.InvocationStatus {
	case "Success":
		return true, nil
	case "Pending", "Running", "Scheduled", "Stopping":
		return false, nil
	}
	return false, &Error{Action: "RunCommand", class: refused, Message: s.secrets.redact(fmt.Sprintf(
		"%s on %s failed: %s, exit code %d: %s", growCommand, r.InstanceId, r.InvocationStatus, r.ExitCode, lastLines(r.Output)))}
}
