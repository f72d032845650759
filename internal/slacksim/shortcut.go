package slacksim

import "context"

// Shortcut picks a global shortcut of the app from the menu. It has no channel and no response_url.
func (s *Server) Shortcut(ctx context.Context, user, callbackID string) (Delivery, error) {
	d, err := s.prepare(func(w *workspace) (Delivery, error) {
		u, err := w.actor(user)
		if err != nil {
			return Delivery{}, err
		}
		payload := envelopeOf("shortcut", u)
		payload["callback_id"], payload["trigger_id"] = callbackID, w.newTrigger(u.ID, "")
		payload["action_ts"] = stampText(w.now().UnixMicro())
		return parcel("interactive", payload)
	})
	if err != nil {
		return d, err
	}
	d = s.deliver(ctx, d)
	return d, d.Err
}
