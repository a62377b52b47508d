// The seam along which the code is cut: what everyone needs at once after signing in.
export { ChannelPage } from './ChannelPage'
export { GroupHome } from './GroupHome'
export { Home } from './Home'
export { PlaceLayout } from './PlaceLayout'
export { Shell } from './Shell'
export { Talks } from './Talks'
