package main

import (
	"testing"

	"lvyue/internal/config"
	"lvyue/internal/engine"
	"lvyue/internal/failure"
)

func TestOpenCloud_ARehearsalNeverReachesTheRealVendor(t *testing.T) {
	t.Parallel()
	account := config.Vendors{
		Cloud: config.Aliyun, AccessKeyID: "id", AccessKeySecret: "secret", SystemSecret: "secret", Image: "m-1",
	}
	for _, tt := range []struct {
		vendors config.Vendors
		queue   string
		code    string
	}{
		{config.Vendors{}, engine.TaskQueue, "no_cloud"},
		{account, "rehearsal-1", "real_vendor"},
		{account, engine.TaskQueue, ""},
		{config.Vendors{Cloud: config.AliyunSim, SimulatorURL: "http://127.0.0.1:1"}, "rehearsal-1", ""},
	} {
		vendor, err := openCloud(config.Config{Vendors: tt.vendors}, tt.queue)
		if f, is := failure.As(err); is != (tt.code != "") || (is && f.Code != tt.code) {
			t.Errorf("%s on %s: %v", tt.vendors.Cloud, tt.queue, err)
		}
		if err == nil && vendor.close() != nil {
			t.Error("the cloud cannot be closed")
		}
	}
}
