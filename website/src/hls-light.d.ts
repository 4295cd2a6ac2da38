// hls.js ships no types for its smaller build.
declare module 'hls.js/light' {
  import Hls from 'hls.js';
  export default Hls;
}
