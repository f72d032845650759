package main

import (
	"cmp"
	"errors"
	"fmt"
	"path/filepath"

	"lvyue/internal/aliyun"
	"lvyue/internal/aliyunsim"
	"lvyue/internal/config"
	"lvyue/internal/engine"
	"lvyue/internal/failure"
	"lvyue/internal/systems"
)

// simulatorKey is both halves of the account at the simulator, unless the settings name another.
const simulatorKey = "simulator"

// reach is the vendor, and the way to the systems there.
type reach struct {
	cloud *aliyun.Cloud
	way   systems.Way
	close func() error
}

// openCloud reaches the vendor that the settings name. The simulator is the one that runs already, or one in
// this process, which keeps its account in the local stack's folder. A rehearsal never reaches the real vendor.
func openCloud(settings config.Config, queue string) (reach, error) {
	vendors := settings.Vendors
	if err := vendors.Check(); err != nil {
		return reach{}, err
	}
	if vendors.Cloud == config.AliyunSim {
		return openSimulator(settings)
	}
	if engine.Rehearsing(queue) {
		return reach{}, failure.New("real_vendor", nil,
			"预演不得使用真实的云：请设置 LVYUE_CLOUD=aliyunsim",
			"a rehearsal must not reach the real cloud: set LVYUE_CLOUD=aliyunsim")
	}
	cloud, err := aliyun.New(aliyun.Config{
		AccessKeyID: vendors.AccessKeyID.Reveal(), AccessKeySecret: vendors.AccessKeySecret.Reveal(),
		SecurityToken: vendors.SecurityToken.Reveal(), ImageID: vendors.Image, Domain: vendors.Domain,
		Secret: vendors.SystemSecret.Reveal(),
	})
	way := systems.Way{Secret: vendors.SystemSecret.Reveal(), MeasureFor: vendors.MeasureFor}
	return reach{cloud: cloud, way: way, close: nothing}, err
}

func nothing() error { return nil }

func openSimulator(settings config.Config) (reach, error) {
	secret := cmp.Or(settings.Vendors.SystemSecret.Reveal(), simulatorKey)
	account := aliyun.Config{
		Secret: secret, Domain: settings.Vendors.Domain,

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
			return reach{}, fmt.Errorf("open the cloud: %w", err)
		}
		account.Endpoint, stop = simulator.URL(), simulator.Close
	}
	account.Clock = aliyunsim.ClockAt(account.Endpoint)
	cloud, err := aliyun.New(account)
	way, away := systems.Simulated(account.Endpoint, secret, settings.Vendors.MeasureFor)
	return reach{cloud: cloud, way: way, close: stop}, errors.Join(err, away)
}
