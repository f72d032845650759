package main

import (
	"cmp"
	"fmt"
	"path/filepath"

	"lvyue/internal/aliyun"
	"lvyue/internal/aliyunsim"
	"lvyue/internal/config"
	"lvyue/internal/engine"
	"lvyue/internal/failure"
)

// simulatorKey is both halves of the account at the simulator, unless the settings name another.
const simulatorKey = "simulator"

// openCloud reaches the vendor that the settings name. The simulator is the one that runs already, or one in
// this process, which keeps its account in the local stack's folder; the settings tell of it afterwards. A rehearsal never
// reaches the real vendor.
func openCloud(settings *config.Config, queue string) (*aliyun.Cloud, func() error, error) {
	vendors := settings.Vendors
	if err := vendors.Check(); err != nil {
		return nil, nil, err
	}
	if vendors.Cloud == config.AliyunSim {
		return openSimulator(settings)
	}
	if engine.Rehearsing(queue) {
		return nil, nil, failure.New("real_vendor", nil,
			"预演不得使用真实的云：请设置 LVYUE_CLOUD=aliyunsim",
			"a rehearsal must not reach the real cloud: set LVYUE_CLOUD=aliyunsim")
	}
	cloud, err := aliyun.New(aliyun.Config{
		AccessKeyID: vendors.AccessKeyID.Reveal(), AccessKeySecret: vendors.AccessKeySecret.Reveal(),
		SecurityToken: vendors.SecurityToken.Reveal(),
	})
	return cloud, nothing, err
}

func nothing() error { return nil }

func openSimulator(settings *config.Config) (*aliyun.Cloud, func() error, error) {
	account := aliyun.Config{
		AccessKeyID:     cmp.Or(settings.Vendors.AccessKeyID.Reveal(), simulatorKey),
		AccessKeySecret: cmp.Or(settings.Vendors.AccessKeySecret.Reveal(), simulatorKey),
		Endpoint:        settings.Vendors.SimulatorURL,
	}
	stop := nothing
	if account.Endpoint == "" {
		options := aliyunsim.Options{AccessKeyID: account.AccessKeyID, AccessKeySecret: account.AccessKeySecret}
		if settings.StackDir != "" {
			options.StateFile = filepath.Join(settings.StackDir, "aliyunsim.json")
		}
		simulator, err := aliyunsim.Start(options)
		if err != nil {
			return nil, nil, fmt.Errorf("open the cloud: %w", err)
		}
		account.Endpoint, stop = simulator.URL(), simulator.Close
		settings.Vendors.SimulatorURL = account.Endpoint
	}
	cloud, err := aliyun.New(account)
	return cloud, stop, err
}
