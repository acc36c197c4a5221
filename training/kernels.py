"""Recurrent layer and chain sums with gradients worked out by hand: a few small products a step in place of a graph of tensors."""
import torch


class Recurrence(torch.autograd.Function):
    """States of a gated recurrent unit, several directions at once, each from its first step to its last.

    own (T, D, B, 3H): what the inputs add to reset, update and new gate; weight (D, 3H, H), bias (D, 3H): recurrent. Gives (T, D, B, H).
    """

    @staticmethod
    def forward(ctx, own, weight, bias):
        steps, ways, size, wide = own.shape
        n = wide // 3
        turned, bias = weight.transpose(1, 2).contiguous(), bias[:, None].expand(ways, size, wide).contiguous()
        h = own.new_zeros(steps + 1, ways, size, n)
        gates, new, recalled = own.new_empty(steps, ways, size, 2 * n), own.new_empty(steps, ways, size, n), own.new_empty(steps, ways, size, n)
        for t in range(steps):
            s = torch.baddbmm(bias, h[t], turned)
            recalled[t] = s[..., 2 * n:]
            g = torch.add(own[t, ..., :2 * n], s[..., :2 * n], out=gates[t]).sigmoid_()
            m = torch.addcmul(own[t, ..., 2 * n:], g[..., :n], recalled[t], out=new[t]).tanh_()
            torch.lerp(m, h[t], g[..., n:], out=h[t + 1])
        ctx.save_for_backward(weight, h, gates, new, recalled)
        return h[1:]

    @staticmethod
    def backward(ctx, grad):
        weight, h, gates, new, recalled = ctx.saved_tensors
        steps, ways, size, n = new.shape
        reset, update = gates[..., :n], gates[..., n:].contiguous()
        # A state's gradient times these gives the gradients of reset, update and new gate before their functions.
        by_new = (1 - update) * (1 - new * new)
        factor = torch.stack([by_new * recalled * reset * (1 - reset), (h[:-1] - new) * update * (1 - update), by_new * reset], -2)
        recurrent, states = torch.empty_like(factor), torch.empty_like(new)
        state = torch.zeros_like(new[0])
        for t in range(steps - 1, -1, -1):
            state = torch.add(state, grad[t], out=states[t])
            torch.mul(factor[t], state[..., None, :], out=recurrent[t])
            state = torch.baddbmm(state * update[t], recurrent[t].view(ways, size, 3 * n), weight)
        flat = recurrent.transpose(0, 1).reshape(ways, steps * size, 3 * n)
        d_weight = flat.transpose(1, 2) @ h[:-1].transpose(0, 1).reshape(ways, steps * size, n)
        d_bias = flat.sum(1)
        recurrent[..., 2, :] = states * by_new  # inputs reach the new gate without the reset gate
        return recurrent.view(steps, ways, size, 3 * n), d_weight, d_bias


def bidirectional(gru, x, lengths):
    """What `gru` (one layer, both ways, batch first) gives for x (B, T, E); beyond a sentence's length the result means nothing."""
    size, steps, _ = x.shape
    at = torch.arange(steps)[:, None]
    turn = torch.where(at < lengths, lengths - 1 - at, at)  # (T, B): the sentence from its end
    both = lambda name: torch.stack([getattr(gru, f"{name}_l0"), getattr(gru, f"{name}_l0_reverse")])
    own = torch.nn.functional.linear(x.transpose(0, 1), both("weight_ih").flatten(0, 1), both("bias_ih").flatten())
    wide = own.shape[-1] // 2
    column = torch.arange(size)
    own = torch.stack([own[..., :wide], own[..., wide:][turn, column]], 1)
    h = Recurrence.apply(own, both("weight_hh"), both("bias_hh"))
    return torch.cat([h[:, 0], h[:, 1][turn, column]], -1).transpose(0, 1)


class LogSum(torch.autograd.Function):
    """log of the summed weights of all paths, one for each sentence.

    p (B, T, L): weights of labels; step (L, L), first (L), last (L): weights of transitions, of first and of last labels.
    Gradients are those by the logarithms of p, step and first, so that callers hand over the logarithms as well.
    """

    @staticmethod
    def forward(ctx, log_p, log_step, log_first, p, step, first, last, lengths):
        size, steps, count = p.shape
        p = p.transpose(0, 1).contiguous()
        live = (torch.arange(steps)[:, None] < lengths)[..., None]
        p = torch.where(live, p, torch.ones(()))
        a, scale = torch.empty_like(p), p.new_empty(steps, size, 1)
        now = p[0] * first
        for t in range(steps):
            if t:
                now = torch.where(live[t], (now @ step) * p[t], now)
            torch.sum(now, -1, keepdim=True, out=scale[t]).clamp_min_(1e-30)
            now = torch.div(now, scale[t], out=a[t])
        end = (now * last).sum(-1, keepdim=True).clamp_min(1e-30)
        ctx.save_for_backward(p, step, first, last, live, a, scale, end)
        return scale.log().sum((0, 2)) + end[:, 0].log()

    @staticmethod
    def backward(ctx, grad):
        p, step, first, last, live, a, scale, end = ctx.saved_tensors
        steps = len(p)
        b, ahead = torch.empty_like(p), torch.zeros_like(p)
        now, turned = last / end, step.t().contiguous()
        b[-1] = now
        for t in range(steps - 1, 0, -1):
            torch.mul(p[t], now / scale[t], out=ahead[t])
            now = torch.where(live[t], ahead[t] @ turned, now)
            b[t - 1] = now
        ahead = ahead * live
        g = grad[None, :, None]
        marginal = a * b * live * g
        pairs = torch.einsum("tbi,tbj->ij", a[:-1], ahead[1:] * g) * step
        return marginal.transpose(0, 1), pairs, marginal[0].sum(0), None, None, None, None, None


def log_sum(e, trans, start, allowed, first, last, lengths, mask=None):
    """The same from scores e (B, T, L) and those of transitions and first labels; mask (B, T, L) limits the labels."""
    top = e.max(-1, keepdim=True).values.detach()
    with torch.no_grad():
        p = (e - top).exp()
        p = p if mask is None else p * mask
        live = torch.arange(e.shape[1])[None] < lengths[:, None]
        step, begin = trans.exp() * allowed, start.exp() * first
    return LogSum.apply(e, trans, start, p, step, begin, last.float(), lengths) + (top[..., 0] * live).sum(-1)
