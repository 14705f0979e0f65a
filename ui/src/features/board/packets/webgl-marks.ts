import { MAX_ZOOM } from '../geometry/fit.ts';
import { type MarkRenderer, markScale } from './mark-renderer.ts';
import { VERTEX_SIZE } from './packet-field.ts';
import { CELL_SIZE, SPRITE_COUNT } from './sprites.ts';

const VERTEX_SHADER = `#version 300 es
in vec3 mark;
uniform vec3 view;
uniform vec2 size;
uniform float pointSize;
flat out float sprite;
void main() {
  vec2 at = (mark.xy * view.z + view.xy) / size * 2.0 - 1.0;
  gl_Position = vec4(at.x, -at.y, 0.0, 1.0);
  gl_PointSize = pointSize;
  sprite = mark.z;
}`;

const FRAGMENT_SHADER = `#version 300 es
precision mediump float;
uniform sampler2D sheet;
flat in float sprite;
out vec4 colour;
void main() {
  colour = texture(sheet, vec2((sprite + gl_PointCoord.x) / ${SPRITE_COUNT}.0, gl_PointCoord.y));
}`;

const CONTEXT: WebGLContextAttributes = {
  antialias: false,
  depth: false,
  failIfMajorPerformanceCaveat: true,
};

function compile(gl: WebGL2RenderingContext, type: number, source: string): WebGLShader | null {
  const shader = gl.createShader(type);
  if (!shader) return null;
  gl.shaderSource(shader, source);
  gl.compileShader(shader);
  return shader;
}

function link(gl: WebGL2RenderingContext): WebGLProgram | null {
  const program = gl.createProgram();
  const vertex = compile(gl, gl.VERTEX_SHADER, VERTEX_SHADER);
  const fragment = compile(gl, gl.FRAGMENT_SHADER, FRAGMENT_SHADER);
  if (!program || !vertex || !fragment) return null;
  gl.attachShader(program, vertex);
  gl.attachShader(program, fragment);
  gl.linkProgram(program);
  return gl.getProgramParameter(program, gl.LINK_STATUS) ? program : null;
}

function prepare(gl: WebGL2RenderingContext, program: WebGLProgram): void {
  gl.useProgram(program);
  gl.bindBuffer(gl.ARRAY_BUFFER, gl.createBuffer());
  const mark = gl.getAttribLocation(program, 'mark');
  gl.enableVertexAttribArray(mark);
  gl.vertexAttribPointer(mark, VERTEX_SIZE, gl.FLOAT, false, 0, 0);
  gl.enable(gl.BLEND);
  gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA);
  gl.bindTexture(gl.TEXTURE_2D, gl.createTexture());
  gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MIN_FILTER, gl.LINEAR);
  gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_WRAP_S, gl.CLAMP_TO_EDGE);
  gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_WRAP_T, gl.CLAMP_TO_EDGE);
  gl.pixelStorei(gl.UNPACK_PREMULTIPLY_ALPHA_WEBGL, true);
}

/** Drivers that compute WebGL on the CPU; a 2D canvas is faster there. */
const EMULATED = /swiftshader|llvmpipe|software|basic render/i;

function isEmulated(gl: WebGL2RenderingContext): boolean {
  const info = gl.getExtension('WEBGL_debug_renderer_info');
  const name: unknown = gl.getParameter(info ? info.UNMASKED_RENDERER_WEBGL : gl.RENDERER);
  return EMULATED.test(String(name));
}

/** A WebGL2 context worth having; null where WebGL2 is missing or emulated. */
function openContext(canvas: HTMLCanvasElement): WebGL2RenderingContext | null {
  const trial = document.createElement('canvas').getContext('webgl2', CONTEXT);
  const emulated = trial === null || isEmulated(trial);
  trial?.getExtension('WEBGL_lose_context')?.loseContext();
  return emulated ? null : canvas.getContext('webgl2', CONTEXT);
}

/** Marks as WebGL2 points; null where WebGL2 is missing or would be emulated. */
export function createWebglMarks(canvas: HTMLCanvasElement): MarkRenderer | null {
  const gl = openContext(canvas);
  const program = gl && link(gl);
  if (!gl || !program) return null;
  prepare(gl, program);
  const at = (name: string) => gl.getUniformLocation(program, name);
  const [view, size, pointSize] = [at('view'), at('size'), at('pointSize')];
  let pixelScale = 1;

  return {
    maxScale: 2,
    showsGround: false,
    setGround() {},
    resize(width, height, scale) {
      pixelScale = scale;
      canvas.width = Math.round(width * scale);
      canvas.height = Math.round(height * scale);
      gl.viewport(0, 0, canvas.width, canvas.height);
      gl.uniform2f(size, width, height);
    },
    setSprites(drawSheet) {
      const sheet = drawSheet(pixelScale * markScale(MAX_ZOOM), 0, 0);
      gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA, gl.RGBA, gl.UNSIGNED_BYTE, sheet);
    },
    draw(vertices, count, { x, y, k }) {
      gl.clear(gl.COLOR_BUFFER_BIT);
      gl.uniform3f(view, x, y, k);
      gl.uniform1f(pointSize, CELL_SIZE * markScale(k) * pixelScale);
      gl.bufferData(gl.ARRAY_BUFFER, vertices.subarray(0, count * VERTEX_SIZE), gl.STREAM_DRAW);
      gl.drawArrays(gl.POINTS, 0, count);
    },
    dispose() {
      gl.getExtension('WEBGL_lose_context')?.loseContext();
    },
  };
}
