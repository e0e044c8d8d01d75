package voice

import "math"

// The standard library's logarithm and exponential are written in assembly on some machines and may differ there in the last bit.
// These are the same everywhere: +, −, ×, ÷ and square root only, and no product that could be fused into a sum.

func sqrt(x float64) float64 { return math.Sqrt(x) }

// ln is the natural logarithm of a positive, finite number, to about 1e-12.
func ln(x float64) float64 {
	if !(x > 0) {
		return -745
	}
	fraction, exponent := math.Frexp(x)
	if fraction < math.Sqrt2/2 {
		fraction, exponent = fraction*2, exponent-1
	}
	t := (fraction - 1) / (fraction + 1) // ln f = 2 artanh t, |t| < .172
	square := float64(t * t)
	sum := 1. / 15
	for _, term := range [...]float64{1. / 13, 1. / 11, 1. / 9, 1. / 7, 1. / 5, 1. / 3, 1} { // Horner; a division a term would take most of the time
		sum = float64(sum*square) + term
	}
	return float64(2*float64(t*sum)) + float64(float64(exponent)*math.Ln2)
}

// exp is e^x for |x| ≤ 700, to about 1e-13 of its value.
func exp(x float64) float64 {
	x = max(-700, min(700, x))
	whole := math.Floor(x/math.Ln2 + .5)
	rest := x - float64(whole*math.Ln2)
	sum, term := 1.0, 1.0
	for k := 1; k <= 13; k++ {
		term = float64(term*rest) / float64(k)
		sum += term
	}
	return math.Ldexp(sum, int(whole))
}

func logistic(x float64) float64 { return 1 / (1 + exp(-x)) }

// tail is the chance that a chi-squared variable of one degree of freedom exceeds g: erfc(√(g/2)),
// by the continued fraction of the complementary error function, or its series where that converges faster.
func tail(g float64) float64 {
	x := sqrt(max(g, 0) / 2)
	square := float64(x * x)
	if x < 2 {
		sum, term := x, x
		for k := 1; k < 40; k++ {
			term = float64(term*-square) / float64(k)
			sum += term / float64(2*k+1)
		}
		return max(0, 1-float64(2/math.SqrtPi*sum))
	}
	fraction := x
	for k := 40; k >= 1; k-- {
		fraction = x + float64(k)/2/fraction
	}
	return exp(-square) / float64(math.SqrtPi*fraction)
}
