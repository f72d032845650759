package aliyun

import (
	"context"

	"github.com/aliyun/alibaba-cloud-sdk-go/services/cms"
)

// installAgent installs the monitoring agent on a server (§3.6); where it runs already, that changes nothing. Whether it
// goes on running is watched elsewhere.
func (s site) installAgent(ctx context.Context, server string) error {
	request, response := cms.CreateInstallMonitoringAgentRequest(), cms.CreateInstallMonitoringAgentResponse()
	request.InstanceIds = &[]string{server}
	if err := s.do(ctx, s.region, request, response); err != nil {
		return err
	}
	if response.Success {
		return nil
	}
	// This product also refuses with HTTP 200.
	return &Error{
		Action: request.GetActionName(), Code: response.Code, RequestID: response.RequestId, HTTPStatus: response.GetHttpStatus(),
		Message: s.secrets.redact(response.Message), class: classify(response.Code, response.GetHttpStatus()),
	}
}
